package io.warpengine.kernel.engine;

import io.warpengine.api.Bytes;
import io.warpengine.api.Scan;
import io.warpengine.api.ScanCursor;
import io.warpengine.api.TransactionOptions;
import io.warpengine.api.WarpReader;
import io.warpengine.api.WarpSnapshot;
import io.warpengine.api.WriteBatch;
import java.util.Optional;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/**
 * Whether transactions, snapshots, scans, batches and single writes of several threads could have
 * happened one by one, by Lincheck.
 */
@Param(name = "key", gen = IntGen.class, conf = "1:3")
@Param(name = "value", gen = IntGen.class, conf = "1:3")
public final class EngineTransactionLincheckTest {

  private static final TransactionOptions PATIENT =
      TransactionOptions.DEFAULT.withAttempts(Integer.MAX_VALUE);

  private final EngineFixture fixture = new EngineFixture();
  private final Engine engine = newEngine();

  private Engine newEngine() {
    fixture.shards = 2;
    return fixture.open();
  }

  private static Bytes text(long number) {
    return Bytes.utf8("" + number);
  }

  private static long number(Optional<Bytes> value) {
    return value.map(bytes -> Long.parseLong(bytes.toUtf8())).orElse(0L);
  }

  private static String scanned(WarpReader reader) {
    StringBuilder text = new StringBuilder();
    try (ScanCursor cursor = reader.scan(Scan.all())) {
      cursor.forEachRemaining(
          entry -> text.append(entry.key().toUtf8() + "=" + entry.value().toUtf8() + " "));
    }
    return text.toString();
  }

  /** Puts. */
  @Operation
  public void put(@Param(name = "key") int key, @Param(name = "value") int value) {
    engine.put(text(key), text(value));
  }

  /** Deletes. */
  @Operation
  public boolean delete(@Param(name = "key") int key) {
    return engine.delete(text(key)).isPresent();
  }

  /** Puts two. */
  @Operation
  public void batch(@Param(name = "key") int key, @Param(name = "value") int value) {
    engine.writeBatch(
        new WriteBatch().put(text(key), text(value)).put(text(key % 3 + 1), text(value)));
  }

  /** Moves one from a key to the next and tells what they were. */
  @Operation
  public String move(@Param(name = "key") int key) {
    return engine.transact(
        PATIENT,
        tx -> {
          long from = number(tx.get(text(key)));
          long to = number(tx.get(text(key % 3 + 1)));
          tx.put(text(key), text(from - 1));
          tx.put(text(key % 3 + 1), text(to + 1));
          return from + " " + to;
        });
  }

  /** Writes under a key what all keys hold, and tells it. */
  @Operation
  public String sum(@Param(name = "key") int key) {
    return engine.transact(
        PATIENT,
        tx -> {
          String all = scanned(tx);
          tx.put(text(key), text(Math.floorMod(all.hashCode(), 1_000)));
          return all;
        });
  }

  /** Reads everything by a snapshot, in two ways. */
  @Operation
  public String snapshot() {
    try (WarpSnapshot snapshot = engine.snapshot()) {
      String scanned = scanned(snapshot);
      StringBuilder text = new StringBuilder();
      for (int key = 1; key <= 3; key++) {
        int shown = key;
        snapshot.get(text(key)).ifPresent(value -> text.append(shown + "=" + value.toUtf8() + " "));
      }
      return scanned.contentEquals(text) ? scanned : scanned + " is not " + text;
    }
  }

  /** Reads everything. */
  @Operation
  public String scan() {
    return scanned(engine);
  }

  /** Gives back what ended snapshots kept. */
  @Operation
  public void trim() {
    synchronized (fixture) {
      fixture.clock.advance(Moments.PERIOD);
    }
  }

  @Test
  void everythingTogetherIsLinearizable() {
    new StressOptions()
        .iterations(20)
        .invocationsPerIteration(500)
        .threads(3)
        .actorsPerThread(3)
        .check(EngineTransactionLincheckTest.class);
  }
}
