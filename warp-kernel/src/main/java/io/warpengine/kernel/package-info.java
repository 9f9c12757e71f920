/** The door of the kernel: what the service loader finds, and the builder that it gives. */
package io.warpengine.kernel;
