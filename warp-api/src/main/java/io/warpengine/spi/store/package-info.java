/** The storage, placement and cache ports, and what takes part in a checkpoint. */
package io.warpengine.spi.store;
