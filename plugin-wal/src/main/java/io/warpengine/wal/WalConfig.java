package io.warpengine.wal;

import io.warpengine.api.Durability;
import io.warpengine.spi.config.ByteSize;
import io.warpengine.spi.config.ConfigKey;
import io.warpengine.spi.config.ConfigSection;
import java.time.Duration;

/**
 * Configuration of the log.
 *
 * @param durability what writes wait for when they name nothing
 * @param interval the longest time between syncs while somebody relies on INTERVAL
 * @param segmentBytes size of a full log file
 * @param bufferBytes size of the staging buffer, a power of two
 * @param checkpointLogBytes log since the last checkpoint that triggers the next one
 * @param recovery what to do about damage when opening
 */
@ConfigSection("warp.wal")
public record WalConfig(
    @ConfigKey(
            defaultValue = "sync",
            description =
                "What a write waits for when it names nothing: sync (durable), interval (handed to"
                    + " the operating system and synced every interval), os (handed to the"
                    + " operating system) or memory (staged).")
        Durability durability,
    @ConfigKey(
            defaultValue = "200ms",
            min = "1ms",
            max = "1h",
            description =
                "The longest time between syncs for writes in interval mode, and so what a power"
                    + " cut can lose of them, plus one sync, or two if a sync takes longer.")
        Duration interval,
    @ConfigKey(
            defaultValue = "64MiB",
            min = "64KiB",
            max = "1GiB",
            description = "Size of a full log file; the first ones are smaller.")
        ByteSize segmentBytes,
    @ConfigKey(
            defaultValue = "4MiB",
            min = "64KiB",
            max = "64MiB",
            description = "Size of the staging buffer, a power of two.")
        ByteSize bufferBytes,
    @ConfigKey(
            defaultValue = "256MiB",
            min = "64KiB",
            description =
                "A checkpoint begins when the log since the last one is larger than this and than"
                    + " the last checkpoint.")
        ByteSize checkpointLogBytes,
    @ConfigKey(
            defaultValue = "strict",
            description =
                "What to do when opening finds damage: strict refuses; point-in-time keeps what"
                    + " comes before it; salvage keeps everything that is valid. The last two list"
                    + " what they leave out.")
        RecoveryMode recovery) {

  /** What to do when opening finds that durable log is damaged. */
  public enum RecoveryMode {
    /** Refuse to open, naming file, offset and LSN. */
    STRICT,
    /** Keep what comes before the damage and leave out the rest. */
    POINT_IN_TIME,
    /** Keep every valid frame and leave out what is damaged. */
    SALVAGE
  }

  /**
   * Checks what goes beyond one key.
   *
   * @throws IllegalArgumentException if the log cannot offer the durability, or the buffer's size
   *     is not a power of two
   */
  public WalConfig {
    if (durability == Durability.NONE) {
      throw new IllegalArgumentException(
          "The key [warp.wal.durability] cannot be [none]: it is one of sync, interval, os and"
              + " memory.");
    }
    if (Long.bitCount(bufferBytes.bytes()) != 1) {
      throw new IllegalArgumentException(
          "The key [warp.wal.buffer-bytes] is [" + bufferBytes + "], which is no power of two.");
    }
  }

  /**
   * What holds when nothing is configured.
   *
   * @return the defaults
   */
  public static WalConfig defaults() {
    return new WalConfig(
        Durability.SYNC,
        Duration.ofMillis(200),
        new ByteSize(64 << 20),
        new ByteSize(4 << 20),
        new ByteSize(256 << 20),
        RecoveryMode.STRICT);
  }
}
