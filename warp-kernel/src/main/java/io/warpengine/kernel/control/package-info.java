/** The control plane: background work, the frequency sketch and the clock. */
package io.warpengine.kernel.control;
