package io.warpengine.kernel.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.Bytes;
import io.warpengine.api.CoreError;
import io.warpengine.api.Position;
import io.warpengine.api.WarpException;
import io.warpengine.api.Watch;
import io.warpengine.kernel.control.SystemClock;
import io.warpengine.kernel.metrics.KernelMetrics;
import io.warpengine.spi.control.WarpClock;
import io.warpengine.spi.store.SpaceKeys;
import io.warpengine.testkit.ManualClock;
import io.warpengine.testkit.ManualControlPlane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class WatchesTest {

  private static final MutationTail.Limits LIMITS =
      new MutationTail.Limits(1 << 20, 1 << 30, 16, 4);
  private static final WarpException CLOSED = new WarpException(CoreError.CLOSED, "Closed.", "");
  private static final Bytes ALL = Bytes.EMPTY;
  private static final Watch.Options LIVE = Watch.Options.DEFAULT.asTheyHappen();

  private final KernelMetrics metrics = new KernelMetrics();
  private final ManualClock clock = new ManualClock();
  private final ManualControlPlane control = new ManualControlPlane(clock);
  private final TailModel model = new TailModel(2);
  private final List<Watch.Event> events = new CopyOnWriteArrayList<>();

  private MutationTail tail(int places) {
    MutationTail tail = new MutationTail(2, metrics, places, 1 << 20, LIMITS);
    tail.start(() -> Position.of(model.durable), model, false);
    return tail;
  }

  private Watches watches(MutationTail tail, WarpClock time) {
    return new Watches(tail, control, time, metrics);
  }

  private void look() {
    control.run("watches");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  private void lookUntil(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("%s", events).isLessThan(deadline);
      look();
      Thread.onSpinWait();
    }
  }

  private static List<String> told(List<Watch.Event> events) {
    return events.stream()
        .map(event ->
            switch (event) {
              case Watch.Event.Put put -> "+" + put.key().toUtf8();
              case Watch.Event.Delete delete -> "-" + delete.key().toUtf8();
              case Watch.Event.Gap gap -> "gap " + gap.after();
            })
        .toList();
  }

  @Test
  void whatWasWrittenBeforeIsNotTold() {
    MutationTail tail = tail(64);
    Watches watches = watches(tail, clock);
    model.write(tail, 0, false);
    watches.open(SpaceKeys.DEFAULT, ALL, LIVE, event -> {});
    model.write(tail, 1, false);
    watches.open(SpaceKeys.DEFAULT, ALL, LIVE, events::add);
    model.write(tail, 0, true);
    look();
    assertThat(told(events)).containsExactly("-key-0");
    assertThat(metrics.read())
        .containsEntry("watch_open_count", 2.0)
        .containsEntry("watch_delivered_count", 3.0);
  }

  @Test
  void listenerSeesKeysWithItsPrefixInItsSpace() {
    MutationTail tail = tail(64);
    Watches watches = watches(tail, clock);
    List<Watch.Event> others = new ArrayList<>();
    watches.open(SpaceKeys.DEFAULT, Bytes.utf8("key-1"), LIVE, events::add);
    watches.open(7, Bytes.utf8("key-1"), LIVE, others::add);
    model.writeBatch(tail, new int[] {1, 2, 11}, false);
    look();
    assertThat(told(events)).containsExactly("+key-1", "+key-11");
    assertThat(others).isEmpty();
  }

  @Test
  void writesAreToldWhenTheyAreDurable() {
    MutationTail tail = tail(64);
    Watches watches = watches(tail, clock);
    watches.open(SpaceKeys.DEFAULT, ALL, Watch.Options.DEFAULT, events::add);
    model.write(tail, 0, false);
    model.write(tail, 0, true);
    look();
    assertThat(events).isEmpty();
    model.durable = 10;
    look();
    assertThat(told(events)).containsExactly("+key-0");
    model.durable = 20;
    look();
    assertThat(told(events)).containsExactly("+key-0", "-key-0");
  }

  @Test
  void overrunTailGivesEveryWatchOneGapAndGoesOn() {
    MutationTail tail = tail(4);
    Watches watches = watches(tail, clock);
    List<Watch.Event> others = new ArrayList<>();
    watches.open(SpaceKeys.DEFAULT, ALL, LIVE, events::add);
    watches.open(SpaceKeys.DEFAULT, Bytes.utf8("none"), LIVE, others::add);
    model.write(tail, 0, false);
    look();
    for (int i = 0; i < 20; i++) {
      model.write(tail, i, false);
    }
    look();
    model.write(tail, 1, true);
    look();
    assertThat(told(events)).containsExactly("+key-0", "gap 0", "-key-1");
    assertThat(told(others)).containsExactly("gap 0");
    assertThat(metrics.read()).containsEntry("watch_gaps_count", 2.0);
  }

  @Test
  void overrunQueueGivesAGapThatNamesWhatIsSurelyThere() {
    MutationTail tail = tail(64);
    Watches watches = watches(tail, clock);
    watches.open(SpaceKeys.DEFAULT, ALL, LIVE.capacity(3), events::add);
    model.write(tail, 0, false);
    look();
    for (int i = 0; i < 6; i++) {
      model.write(tail, 0, false);
    }
    look();
    assertThat(told(events)).containsExactly("+key-0", "gap 19", "+key-0", "+key-0");
  }

  @Test
  void batchLargerThanTheQueueIsToldWhole() {
    MutationTail tail = tail(64);
    Watches watches = watches(tail, clock);
    watches.open(SpaceKeys.DEFAULT, ALL, LIVE.capacity(2), events::add);
    model.writeBatch(tail, new int[] {0, 1, 2, 3, 4}, false);
    look();
    assertThat(told(events)).hasSize(5).doesNotContain("gap 0");
  }

  @Test
  void watchFromAPositionBeginsWithWhatIsKept() {
    MutationTail tail = tail(64);
    Watches watches = watches(tail, clock);
    model.write(tail, 0, false);
    Watch first = watches.open(SpaceKeys.DEFAULT, ALL, LIVE, event -> {});
    for (int i = 0; i < 4; i++) {
      model.write(tail, i, i % 2 == 1);
    }
    look();
    first.close();
    model.write(tail, 4, false);
    watches.open(SpaceKeys.DEFAULT, ALL, LIVE.from(Position.of(30)), events::add);
    model.write(tail, 5, false);
    look();
    assertThat(told(events)).containsExactlyInAnyOrder("+key-2", "-key-3", "+key-4", "+key-5");
  }

  @Test
  void positionThatIsNotKeptOrNeverWasGivesAGap() {
    MutationTail tail = tail(64);
    Watches watches = watches(tail, clock);
    model.write(tail, 0, false);
    model.write(tail, 1, false);
    for (long lsn : new long[] {0, 10, 21, 1_000}) {
      events.clear();
      Watch watch = watches.open(SpaceKeys.DEFAULT, ALL, LIVE.from(Position.of(lsn)), events::add);
      look();
      assertThat(told(events)).containsExactly("gap " + lsn);
      watch.close();
    }
    watches.open(SpaceKeys.DEFAULT, ALL, LIVE.from(Position.of(20)), events::add);
    events.clear();
    look();
    assertThat(events).isEmpty();
  }

  @Test
  void withoutAJournalAPositionSaysNothing() {
    MutationTail tail = new MutationTail(2, metrics);
    TailModel unjournalled = new TailModel(2);
    tail.start(() -> Position.START, unjournalled, false);
    Watches watches = watches(tail, clock);
    watches.open(SpaceKeys.DEFAULT, ALL, LIVE.from(Position.START), events::add);
    look();
    assertThat(events).isEmpty();
    unjournalled.write(tail, 0, false);
    unjournalled.staged.set(0);
    watches.open(SpaceKeys.DEFAULT, ALL, LIVE.from(Position.START), events::add);
    look();
    assertThat(told(events)).contains("gap 0");
  }

  @Test
  void lanesEndAMinuteAfterTheLastWatch() {
    MutationTail tail = tail(64);
    Watches watches = watches(tail, clock);
    Watch watch = watches.open(SpaceKeys.DEFAULT, ALL, LIVE, events::add);
    clock.advance(Duration.ofMinutes(2));
    model.write(tail, 0, false);
    assertThat(tail.drain()).isEqualTo(1);
    watch.close();
    clock.advance(Duration.ofSeconds(50));
    model.write(tail, 0, false);
    assertThat(tail.drain()).isEqualTo(1);
    clock.advance(Duration.ofSeconds(11));
    model.write(tail, 0, false);
    assertThat(tail.drain()).isZero();
    watches.open(SpaceKeys.DEFAULT, ALL, LIVE.from(Position.of(20)), events::add);
    look();
    assertThat(told(events)).containsExactly("gap 20");
  }

  @Test
  void historyForgetsTheOldestAndKnowsIt() {
    TailHistory history = new TailHistory();
    history.add(List.of(new Unit(5, List.of(), 1)));
    history.begin(10);
    history.begin(20);
    assertThat(history.reachesBack(9)).isFalse();
    assertThat(history.reachesBack(10)).isTrue();
    List<Unit> units = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      units.add(new Unit(10 + i, List.of(), 1 << 20));
    }
    history.add(units);
    assertThat(history.reachesBack(13)).isFalse();
    assertThat(history.reachesBack(14)).isTrue();
    assertThat(history.after(28)).extracting(Unit::lsn).containsExactly(29L, 30L);
    history.forget(30);
    assertThat(history.after(0)).isEmpty();
    assertThat(history.reachesBack(29)).isFalse();
    history.end();
    history.add(units);
    assertThat(history.after(0)).isEmpty();
  }

  @Test
  void stalledListenerHoldsUpNeitherOthersNorTheClose() {
    MutationTail tail = tail(64);
    Watches watches = watches(tail, new SystemClock());
    CountDownLatch stalled = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean();
    Watch slow =
        watches.open(
            SpaceKeys.DEFAULT,
            ALL,
            LIVE,
            event -> {
              stalled.countDown();
              while (go.getCount() > 0) {
                try {
                  go.await();
                } catch (InterruptedException e) {
                  interrupted.set(true);
                }
              }
            });
    watches.open(SpaceKeys.DEFAULT, ALL, LIVE, events::add);
    model.write(tail, 0, false);
    lookUntil(() -> stalled.getCount() == 0);
    model.write(tail, 1, false);
    lookUntil(() -> events.size() == 2);
    assertThat(slow.isOpen()).isTrue();
    Thread.currentThread().interrupt();
    watches.close(Duration.ofMillis(20), CLOSED);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(interrupted).isTrue();
    go.countDown();
    lookUntil(() -> !slow.isOpen());
  }

  @Test
  void closeWaitsForTheListenerThatRuns() {
    MutationTail tail = tail(64);
    Watches watches = watches(tail, new SystemClock());
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch closing = new CountDownLatch(1);
    AtomicBoolean left = new AtomicBoolean();
    Watch watch =
        watches.open(
            SpaceKeys.DEFAULT,
            ALL,
            LIVE,
            event -> {
              entered.countDown();
              await(closing);
              left.set(true);
            });
    model.write(tail, 0, false);
    lookUntil(() -> entered.getCount() == 0);
    Thread helper =
        Thread.ofPlatform()
            .start(() -> {
              while (watch.isOpen()) {
                Thread.onSpinWait();
              }
              closing.countDown();
            });
    watch.close();
    assertThat(left).isTrue();
    assertThat(helper.isAlive() && closing.getCount() > 0).isFalse();
    watches.close(Duration.ofSeconds(1), CLOSED);
  }

  @Test
  void interruptEndsTheWaitOfAClose() {
    MutationTail tail = tail(64);
    Watches watches = watches(tail, new SystemClock());
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Watch watch =
        watches.open(
            SpaceKeys.DEFAULT,
            ALL,
            LIVE,
            event -> {
              entered.countDown();
              await(go);
            });
    model.write(tail, 0, false);
    lookUntil(() -> entered.getCount() == 0);
    Thread.currentThread().interrupt();
    watch.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(watch.isOpen()).isFalse();
    go.countDown();
  }

  @Test
  void failuresEndTheWatchAndAreCounted() {
    MutationTail tail = tail(64);
    Watches watches = watches(tail, clock);
    List<String> ends = new ArrayList<>();
    Watch watch =
        watches.open(
            SpaceKeys.DEFAULT,
            ALL,
            LIVE,
            new Watch.Listener() {
              @Override
              public void onEvent(Watch.Event event) {
                throw new AssertionError("meant to happen");
              }

              @Override
              public void onEnd(WarpException reason) {
                ends.add(reason.code().name());
                throw new IllegalStateException("meant to happen");
              }
            });
    watches.open(SpaceKeys.DEFAULT, ALL, LIVE, events::add);
    model.write(tail, 0, false);
    look();
    model.write(tail, 0, false);
    look();
    assertThat(watch.isOpen()).isFalse();
    assertThat(ends).containsExactly("WATCH_FAILED");
    assertThat(events).hasSize(2);
    assertThat(metrics.read())
        .containsEntry("watch_failures_count", 1.0)
        .containsEntry("watch_open_count", 1.0);
    watches.close(Duration.ofSeconds(1), CLOSED);
    assertThat(metrics.read()).containsEntry("watch_open_count", 0.0);
  }
}
