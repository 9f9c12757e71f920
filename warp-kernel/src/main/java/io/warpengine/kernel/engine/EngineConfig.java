package io.warpengine.kernel.engine;

import io.warpengine.api.MissingPlugins;
import io.warpengine.spi.config.ByteSize;
import io.warpengine.spi.config.ConfigKey;
import io.warpengine.spi.config.ConfigSection;
import java.time.Duration;

/**
 * The engine's own configuration.
 *
 * @param shards number of shards
 * @param maxValueBytes the largest value
 * @param maxBatchBytes the largest batch
 * @param storage name of the storage port's implementation; empty means the only one
 * @param placement name of the placement port's implementation; empty means the only one
 * @param cache name of the cache port's implementation; empty means the only one
 * @param journal name of the persistence port's implementation; empty means the only one
 */
@ConfigSection("warp")
public record EngineConfig(
    @ConfigKey(
            defaultValue = "24",
            min = "1",
            max = "4096",
            description = "Number of shards, fixed when the database is created.")
        int shards,
    @ConfigKey(
            defaultValue = "16MiB",
            min = "1",
            max = "512MiB",
            description = "The largest value, in bytes.")
        ByteSize maxValueBytes,
    @ConfigKey(
            defaultValue = "64MiB",
            min = "1",
            max = "1GiB",
            description = "The largest batch, in bytes of its keys and values.")
        ByteSize maxBatchBytes,
    @ConfigKey(
            defaultValue = "",
            description =
                "Name of the storage; when empty, the only plugin that offers one, else [heap].")
        String storage,
    @ConfigKey(
            defaultValue = "",
            description =
                "Name of the placement; when empty, the only plugin that offers one, else [hash].")
        String placement,
    @ConfigKey(
            defaultValue = "",
            description =
                "Name of the cache, which no storage asks yet; when empty, the only plugin that"
                    + " offers one, else [none].")
        String cache,
    @ConfigKey(
            defaultValue = "",
            description =
                "Name of the journal; when empty, the only plugin that offers one, else [none].")
        String journal) {

  /**
   * Bounds of asynchronous writes.
   *
   * @param maxBytes bytes of writes that are not acknowledged yet
   */
  @ConfigSection("warp.async")
  public record Async(
      @ConfigKey(
              defaultValue = "64MiB",
              min = "1KiB",
              description =
                  "Bytes of asynchronous writes that are not acknowledged yet; a call beyond"
                      + " waits.")
          ByteSize maxBytes) {}

  /**
   * Bounds of opening and closing.
   *
   * @param timeout the longest that one component may take to start or close, and that a close
   *     waits for operations that run
   * @param missingPlugins what to do with data whose plugin is not there
   */
  @ConfigSection("warp.open")
  public record Open(
      @ConfigKey(
              defaultValue = "30s",
              min = "1ms",
              description =
                  "The longest that one component may take to start or close, and that a close"
                      + " waits for running operations; recovery is exempt.")
          Duration timeout,
      @ConfigKey(
              defaultValue = "refuse",
              description =
                  "What to do with data whose plugin is not there: refuse to open it; read-only,"
                      + " to see what can be read; or ignore it, leaving it where it is.")
          MissingPlugins missingPlugins) {}

  /**
   * Bounds of snapshots.
   *
   * @param maxBytes bytes of versions kept for snapshots
   * @param maxAge how long a snapshot can be open
   */
  @ConfigSection("warp.snapshot")
  public record Snapshot(
      @ConfigKey(
              defaultValue = "256MiB",
              min = "1MiB",
              description =
                  "Bytes of replaced records that are kept for snapshots; past it the oldest"
                      + " snapshot ends.")
          ByteSize maxBytes,
      @ConfigKey(
              defaultValue = "1h",
              min = "1ms",
              max = "8760h",
              description =
                  "How long a snapshot or a scan can be open before it ends, once anything is kept"
                      + " for one.")
          Duration maxAge) {}

  /**
   * Watching accesses.
   *
   * @param observe whether accesses are recorded for observers and the frequency sketch
   */
  @ConfigSection("warp.access")
  public record Access(
      @ConfigKey(
              defaultValue = "true",
              description =
                  "Whether accesses are sampled for observers and for the frequency sketch.")
          boolean observe) {}
}
