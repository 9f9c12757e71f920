package io.warpengine.composition;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.Bytes;
import io.warpengine.api.Durability;
import io.warpengine.api.Position;
import io.warpengine.api.Scan;
import io.warpengine.api.ScanCursor;
import io.warpengine.api.WarpDatabase;
import io.warpengine.kernel.SimulatedDatabases;
import io.warpengine.testkit.Generator;
import io.warpengine.testkit.Seeds;
import io.warpengine.testkit.SimDisk;
import io.warpengine.testkit.SimDisk.Crash;
import io.warpengine.wal.WriteAheadLog;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a power cut takes from writes that were acknowledged in interval mode: some of the newest,
 * and none that the log had reported as durable, which it does by itself within the interval.
 */
@Timeout(600)
final class IntervalTest {

  private static final int MOST_WRITES = 120;

  private static WarpDatabase open(SimDisk disk) {
    return SimulatedDatabases.on(disk)
        .plugins("wal")
        .set("warp.shards", "4")
        .set("warp.wal.segment-bytes", "64KiB")
        .set("warp.wal.buffer-bytes", "64KiB")
        .set("warp.wal.durability", "interval")
        .set("warp.wal.interval", "1ms")
        .open();
  }

  @Test
  void aPowerCutTakesOnlyTheNewestAndNothingReportedAsDurable() {
    Seeds.forEach(
        50,
        seed -> {
          Generator choice = new Generator(seed);
          SimDisk disk = new SimDisk();
          List<Position> acknowledged = new ArrayList<>();
          Position durable;
          SimDisk left;
          try (WarpDatabase database = open(disk)) {
            write(database, choice, acknowledged);
            durable = durable(database);
            left = disk.crash(Crash.choose(seed), seed);
          }
          long safe = acknowledged.stream().filter(durable::includes).count();
          List<Integer> found = numbers(left);
          assertThat(found)
              .as("numbers written before the cut and found after it")
              .isEqualTo(firstNumbers(found.size()));
          assertThat((long) found.size())
              .as("writes found; durable was [%s]", durable)
              .isBetween(safe, (long) acknowledged.size());
        });
  }

  /** Some writes are waited for until the log has synced them, with nothing else going on. */
  private static void write(WarpDatabase database, Generator choice, List<Position> acknowledged) {
    int writes = choice.below(MOST_WRITES);
    for (int number = 0; number < writes; number++) {
      var receipt = database.put(Bytes.utf8("key" + number), choice.value(choice.below(200)));
      assertThat(receipt.durability()).isIn(Durability.INTERVAL, Durability.SYNC);
      acknowledged.add(receipt.position());
      if (choice.chance(0.03)) {
        while (!durable(database).includes(receipt.position())) {
          Thread.onSpinWait();
        }
      }
    }
  }

  private static Position durable(WarpDatabase database) {
    return Position.of(database.extension(WriteAheadLog.class).status().durable());
  }

  private static List<Integer> numbers(SimDisk disk) {
    TreeSet<Integer> numbers = new TreeSet<>();
    try (WarpDatabase database = open(disk);
        ScanCursor cursor = database.scan(Scan.all())) {
      cursor.forEachRemaining(
          entry -> numbers.add(Integer.parseInt(entry.key().toUtf8().substring("key".length()))));
    }
    return List.copyOf(numbers);
  }

  private static List<Integer> firstNumbers(int count) {
    return java.util.stream.IntStream.range(0, count).boxed().toList();
  }
}
