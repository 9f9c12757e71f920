package io.warpengine.kernel.access;

import io.warpengine.spi.access.Mutation;
import java.util.List;

/**
 * Mutations that are delivered together: one write, or those of a batch, or a run of a rebuild.
 *
 * @param lsn durable means durable up to here
 * @param mutations one or more
 * @param bytes about what they hold in memory
 */
record Unit(long lsn, List<Mutation> mutations, long bytes) {

  /** About what one mutation holds beyond its data. */
  static final int OVERHEAD = 96;
}
