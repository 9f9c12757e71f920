package io.warpengine.kernel.access;

import io.warpengine.spi.control.Metrics;

/**
 * What all watches count together.
 *
 * @param delivered writes told
 * @param gaps gaps told
 * @param failures listeners that threw
 */
record WatchCounters(Metrics.Counter delivered, Metrics.Counter gaps, Metrics.Counter failures) {}
