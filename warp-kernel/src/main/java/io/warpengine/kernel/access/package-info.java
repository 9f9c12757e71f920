/** What leaves the data path for the control plane: sampled accesses and the tail of mutations. */
package io.warpengine.kernel.access;
