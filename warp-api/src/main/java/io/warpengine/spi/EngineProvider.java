package io.warpengine.spi;

import io.warpengine.api.WarpBuilder;

/** Found by {@link java.util.ServiceLoader}: what makes databases. The kernel provides one. */
public interface EngineProvider {

  /**
   * Begins a database.
   *
   * @return a new builder
   */
  WarpBuilder newBuilder();
}
