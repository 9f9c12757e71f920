package io.warpengine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.Bytes;
import io.warpengine.api.Durability;
import io.warpengine.api.ErrorCode;
import io.warpengine.api.WarpDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/** What a subclass of {@link WarpDatabaseContract} gives, and what its parts share. */
abstract class DatabaseHooks {

  static final int SHARDS = 8;
  static final int MAX_VALUE = 1 << 20;
  static final int MAX_BATCH = 4 << 20;

  /** What can be tried with a way to open a database. */
  public enum Capability {
    /** What was written is there after closing and opening again. */
    KEEPS_DATA,
    /** It can be opened read-only after it was closed. */
    OPENS_READ_ONLY,
    /** It has named spaces. */
    HAS_SPACES
  }

  private final ManualClock clock = new ManualClock();
  private final List<WarpDatabase> opened = new ArrayList<>();

  /**
   * Opens a database: a new one at the first call in a test, the same one after it was closed.
   *
   * @param settings configuration keys to set
   * @param manualClock the clock to use
   * @param readOnly whether to open it read-only, if it can be
   * @return the open database
   */
  protected abstract WarpDatabase open(
      Map<String, String> settings, ManualClock manualClock, boolean readOnly);

  /**
   * What can be tried.
   *
   * @return the capabilities
   */
  protected abstract Set<Capability> capabilities();

  /**
   * The durabilities that can be asked for.
   *
   * @return {@link Durability#NONE} alone without a journal
   */
  protected abstract Set<Durability> durabilities();

  /** How long a test waits for what must come. */
  Duration patience() {
    return Duration.ofMinutes(1);
  }

  final boolean has(Capability capability) {
    return capabilities().contains(capability);
  }

  final ManualClock clock() {
    return clock;
  }

  final WarpDatabase open() {
    return open(false);
  }

  final WarpDatabase open(boolean readOnly) {
    Map<String, String> settings =
        Map.of(
            "warp.shards", String.valueOf(SHARDS),
            "warp.max-value-bytes", "1MiB",
            "warp.max-batch-bytes", "4MiB");
    WarpDatabase database = open(settings, clock, readOnly);
    opened.add(database);
    return database;
  }

  @AfterEach
  final void closeAll() {
    opened.forEach(WarpDatabase::close);
  }

  static Bytes b(String text) {
    return Bytes.utf8(text);
  }

  static void fails(ErrorCode code, Runnable call) {
    Contracts.fails(code, call);
  }

  /** Asserts that a call fails and that nothing is written by it. */
  static void refuses(WarpDatabase database, ErrorCode code, Runnable call) {
    long writes = writes(database);
    fails(code, call);
    assertThat(writes(database)).as("writes after a refusal").isEqualTo(writes);
  }

  /** Number of writes that a database has ever done. */
  static long writes(WarpDatabase database) {
    return database.stats().shards().stream().mapToLong(shard -> shard.sequence()).sum();
  }
}
