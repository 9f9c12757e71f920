package io.warpengine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.Bytes;
import io.warpengine.api.Durability;
import io.warpengine.api.Entry;
import io.warpengine.api.KeyRange;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.Watch;
import io.warpengine.api.WriteBatch;
import io.warpengine.api.WriteOptions;
import io.warpengine.testkit.SimDisk.Call;
import io.warpengine.testkit.SimDisk.Crash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a whole database keeps when power is cut, the process is killed, or the disk fails or is
 * full: a seeded simulation of one thread of clients against a model with pending operations.
 * Extend it and say how to open a database, with any plugins, on a simulated disk.
 */
@Timeout(600)
public abstract class WarpCrashContract {

  /** For subclasses. */
  protected WarpCrashContract() {}

  /**
   * Opens a database on a disk. Files should be small (segments of some 64 KiB).
   *
   * @param disk where its data is
   * @param clock its clock
   * @return the open database
   */
  protected abstract WarpDatabase open(SimDisk disk, ManualClock clock);

  /**
   * The durabilities that can be asked for.
   *
   * @return at least SYNC
   */
  protected abstract Set<Durability> durabilities();

  /**
   * Whether it has named spaces.
   *
   * @return true unless overridden
   */
  protected boolean hasSpaces() {
    return true;
  }

  /**
   * Number of seeds in an ordinary build.
   *
   * @return 300 unless overridden
   */
  protected int seeds() {
    return 300;
  }

  private DatabaseRun newRun(long seed) {
    return new DatabaseRun(this::open, List.copyOf(durabilities()), seed);
  }

  @Test
  void crashesLeaveAStateThatHoldsAllThatWasAcknowledged() {
    Seeds.forEach(
        seeds(),
        seed -> {
          DatabaseRun run = newRun(seed);
          run.open();
          for (int generation = 0; generation < 3; generation++) {
            if (run.data().chance(0.3)) {
              run.disk().cutAt(1L + run.data().below(60));
            }
            run.work(run.data().below(50));
            end(run);
          }
          run.end();
        });
  }

  private static void end(DatabaseRun run) {
    boolean cut = run.disk().isCut();
    switch (cut ? 3 : run.data().below(6)) {
      case 0 -> {
        run.close();
        run.cutPower(Crash.DROP, 0);
      }
      case 1, 2 -> run.kill();
      default -> run.cutPower(Crash.choose(run.data().number()), run.data().number());
    }
  }

  @Test
  void powerCutAtAnyCallWhileOpeningOrWritingLeavesADatabase() {
    for (int round = 0; round < Math.min(3, Seeds.times(1)); round++) {
      boolean struck = true;
      for (int call = 1; struck; call++) {
        DatabaseRun run = newRun(call);
        run.disk().cutAt(call);
        run.open();
        run.work(10);
        struck = run.disk().isCut();
        run.cutPower(Crash.choose(call + round), call);
        run.work(3);
        run.cutPowerTwice(Crash.choose(call + round + 1), call, 1 + call % 11);
        run.work(3);
        run.cutPower(Crash.DROP, call);
        run.end();
      }
    }
  }

  @Test
  void powerCutAtAnyCallLeavesSpacesWholeAndNothingOfDroppedOnes() {
    Assumptions.assumeTrue(hasSpaces(), "has named spaces");
    boolean struck = true;
    for (int call = 1; struck; call++) {
      Crash mode = Crash.choose(call);
      struck = new SpaceRun(this::open).run(call, 1 + call % 23, mode);
    }
  }

  @Test
  void failingDiskMakesTheDatabaseReadOnlyAndLosesNothingAcknowledged() {
    Seeds.forEach(
        seeds() / 6,
        seed -> {
          DatabaseRun run = newRun(seed);
          run.open();
          run.work(10);
          Call kind = run.data().choose(List.of(Call.WRITE, Call.FORCE, Call.FORCE));
          run.disk().fail(kind, 1 + seed % 5, Long.MAX_VALUE);
          run.work(60);
          run.disk().heal();
          run.work(10);
          run.cutPower(Crash.choose(seed), seed);
          run.work(10);
          run.end();
        });
  }

  @Test
  void fullDiskMakesTheDatabaseReadOnlyAndLosesNothingAcknowledged() {
    Seeds.forEach(
        seeds() / 6,
        seed -> {
          DatabaseRun run = newRun(seed);
          run.open();
          run.work(10);
          long used = Long.MAX_VALUE - run.disk().usableBytes();
          run.disk().capacity(used + seed * 2_000);
          int fills = 0;
          while (fills < 500 && run.fill()) {
            fills++;
          }
          assertThat(fills).as("large values before one is refused").isLessThan(500);
          run.work(5);
          run.cutPower(Crash.choose(seed), seed);
          run.end();
        });
  }

  @Test
  void powerCutInARangeDeleteLeavesTheRecordsFromSomeKeyOn() {
    Seeds.forEach(
        Math.max(12, seeds() / 20),
        seed -> {
          SimDisk disk = new SimDisk();
          ManualClock clock = new ManualClock();
          WarpDatabase database = open(disk, clock);
          List<Bytes> keys = new ArrayList<>();
          for (int part = 0; part < 3; part++) {
            WriteBatch batch = new WriteBatch();
            for (int i = 0; i < 1_000; i++) {
              keys.add(Bytes.utf8("k%06d".formatted(keys.size())));
              batch.put(keys.getLast(), Bytes.EMPTY);
            }
            database.writeBatch(batch, WriteOptions.durability(Durability.SYNC));
          }
          disk.cutAt(1 + seed % 12);
          boolean acknowledged = false;
          try {
            database.deleteRange(KeyRange.all(), WriteOptions.durability(Durability.SYNC));
            acknowledged = true;
          } catch (RuntimeException e) {
            assertThat(disk.isCut()).as("%s", e).isTrue();
          }
          WarpDatabase again = open(crash(disk, database, Crash.choose(seed), seed), clock);
          List<Bytes> left = DatabaseModel.entries(again).stream().map(Entry::key).toList();
          int gone = keys.size() - left.size();
          assertThat(left).isEqualTo(keys.subList(gone, keys.size()));
          assertThat(left.isEmpty() || gone % 1_024 == 0).as("[%s] gone", gone).isTrue();
          assertThat(!acknowledged || left.isEmpty()).as("an acknowledged delete holds").isTrue();
          again.close();
        });
  }

  @Test
  void whatAWatchWasToldSurvivesAPowerCut() {
    AtomicInteger all = new AtomicInteger();
    Seeds.forEach(
        Math.max(12, seeds() / 20),
        seed -> {
          SimDisk disk = new SimDisk();
          ManualClock clock = new ManualClock();
          Generator data = new Generator(seed);
          List<Durability> modes = List.copyOf(durabilities());
          WarpDatabase database = open(disk, clock);
          List<Watch.Event> told = new CopyOnWriteArrayList<>();
          database.watch(Bytes.utf8("k"), told::add);
          disk.cutAt(5L + data.below(60));
          try {
            for (int i = 0; i < 200 && !disk.isCut(); i++) {
              Bytes key = Bytes.utf8("k" + i);
              database.put(key, key, WriteOptions.durability(data.choose(modes)));
              clock.advance(Duration.ofMillis(5));
            }
          } catch (RuntimeException e) {
            assertThat(disk.isCut()).as("%s", e).isTrue();
          }
          SimDisk left = crash(disk, database, Crash.DROP, seed);
          WarpDatabase again = open(left, clock);
          for (Watch.Event event : told) {
            assertThat(event)
                .isInstanceOfSatisfying(
                    Watch.Event.Put.class,
                    put -> assertThat(again.get(put.key())).contains(put.value()));
          }
          all.addAndGet(told.size());
          again.close();
        });
    assertThat(all).as("events told in all runs").hasPositiveValue();
  }

  /** Cuts the power, and ends the threads of what was open. */
  private static SimDisk crash(SimDisk disk, WarpDatabase database, Crash mode, long seed) {
    SimDisk left = disk.crash(mode, seed);
    try {
      database.close();
    } catch (RuntimeException expected) {
      // Its disk is gone; only its threads had to end.
    }
    return left;
  }
}
