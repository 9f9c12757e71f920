/** Watching the database: sampled accesses, ordered mutations, and interception of writes. */
package io.warpengine.spi.access;
