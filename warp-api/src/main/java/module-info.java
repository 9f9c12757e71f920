/**
 * The face of WarpEngine: the database interface for programs that embed it, and the ports and
 * declarations that plugins implement.
 *
 * <p>It depends on two annotation libraries and nothing else. Programs compile against this module
 * alone; the engine is found at run time by {@link java.util.ServiceLoader}, as JDBC finds its
 * drivers.
 */
@org.jspecify.annotations.NullMarked
module io.warpengine.api {
  requires transitive jakarta.inject;
  requires static transitive org.jspecify;

  exports io.warpengine.api;
  exports io.warpengine.spi;
  exports io.warpengine.spi.access;
  exports io.warpengine.spi.config;
  exports io.warpengine.spi.control;
  exports io.warpengine.spi.disk;
  exports io.warpengine.spi.journal;
  exports io.warpengine.spi.store;

  uses io.warpengine.spi.EngineProvider;
}
