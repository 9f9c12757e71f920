package io.warpengine.kernel.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warpengine.api.Bytes;
import io.warpengine.api.CoreError;
import io.warpengine.api.Position;
import io.warpengine.api.WarpException;
import io.warpengine.kernel.access.AccessRings;
import io.warpengine.kernel.access.MutationTail;
import io.warpengine.kernel.metrics.KernelMetrics;
import io.warpengine.spi.access.AccessBatch;
import io.warpengine.spi.access.Mutation;
import io.warpengine.spi.access.MutationFollower;
import io.warpengine.spi.control.WarpClock;
import io.warpengine.spi.store.StoredRecord;
import io.warpengine.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class ControlTest {

  private static final Bytes KEY = Bytes.utf8("key");
  private static final Duration MILLI = Duration.ofMillis(1);

  private final KernelMetrics metrics = new KernelMetrics();
  private final ManualClock clock = new ManualClock();
  private final AccessRings rings = new AccessRings(true);
  private final FrequencySketch sketch = new FrequencySketch();
  private final MutationTail tail = new MutationTail(2, metrics);
  private final List<String> events = Collections.synchronizedList(new ArrayList<>());

  private Control control(WarpClock time) {
    return new Control(time, Duration.ofSeconds(5), metrics, rings, sketch, tail, Bytes::hashCode);
  }

  private void access(Bytes key) {
    rings.record(AccessBatch.Kind.HIT.ordinal(), key.hashCode(), 0, key, key.size(), 0);
  }

  private MutationFollower follower(String name) {
    return new MutationFollower() {
      @Override
      public boolean durableOnly() {
        return false;
      }

      @Override
      public void onMutations(List<Mutation> mutations) {
        events.add(name + mutations.size());
      }

      @Override
      public void onGap() {
        events.add(name + " gap");
      }
    };
  }

  private void startTail() {
    tail.start(
        () -> Position.START,
        new MutationTail.Records() {
          @Override
          public MutationTail.Run read(int shard, Optional<Bytes> after, int max) {
            return new MutationTail.Run(List.of(), 0);
          }

          @Override
          public String spaceName(int space) {
            return "";
          }

          @Override
          public long staged() {
            return 0;
          }

          @Override
          public MutationTail.Moment standstill(Runnable action) {
            action.run();
            return new MutationTail.Moment(new long[0], 0);
          }
        },
        false);
  }

  @Test
  void workRunsWhenItIsDueInTheOrderOfDueTimeAndRegistration() {
    Control control = control(clock);
    control.schedule("b", Duration.ofMillis(20), () -> note("b"));
    control.schedule("a", Duration.ofMillis(20), () -> note("a"));
    control.schedule("c", Duration.ofMillis(15), () -> note("c"));
    clock.advance(Duration.ofMillis(100));
    assertThat(events).as("before the start").isEmpty();
    control.start();
    clock.advance(Duration.ofMillis(14));
    assertThat(events).isEmpty();
    clock.advance(Duration.ofMillis(6));
    assertThat(events).containsExactly("c", "b", "a");
    clock.advance(Duration.ofMillis(19));
    assertThat(events).containsExactly("c", "b", "a", "c");
    clock.advance(MILLI);
    assertThat(events).containsExactly("c", "b", "a", "c", "b", "a");
    control.close();
    clock.advance(Duration.ofSeconds(1));
    assertThat(events).hasSize(6);
  }

  private int note(String event) {
    events.add(event);
    return 1;
  }

  @Test
  void workRunsInTheThreadThatMovesTheClock() {
    try (Control control = control(clock)) {
      Thread[] ran = new Thread[1];
      control.start();
      control.schedule(
          "late",
          MILLI,
          () -> {
            ran[0] = Thread.currentThread();
            return 1;
          });
      clock.advance(MILLI);
      assertThat(ran[0]).isSameAs(Thread.currentThread());
    }
  }

  @Test
  void workThatMovesTheClockIsNotRunInsideItself() {
    try (Control control = control(clock)) {
      control.start();
      control.schedule(
          "mover",
          MILLI,
          () -> {
            events.add("begin");
            if (events.size() < 10) {
              clock.advance(MILLI.multipliedBy(5));
            }
            events.add("end");
            return 1;
          });
      clock.advance(MILLI);
      assertThat(events).containsExactly("begin", "end");
    }
  }

  @Test
  void workThatThrowsIsCountedAndRunsAgain() {
    try (Control control = control(clock)) {
      control.schedule(
          "bad",
          MILLI,
          () -> {
            events.add("ran");
            throw new IllegalStateException("meant to happen");
          });
      control.start();
      clock.advance(MILLI);
      clock.advance(MILLI);
      assertThat(events).hasSize(2);
      assertThat(metrics.read()).containsEntry("control_failures_count", 2.0);
    }
  }

  @Test
  void periodBelowOneMillisecondIsRefused() {
    try (Control control = control(clock)) {
      assertThatThrownBy(() -> control.schedule("fast", Duration.ofNanos(999_999), () -> 0))
          .isInstanceOfSatisfying(
              WarpException.class, e -> assertThat(e.code()).isEqualTo(CoreError.INTERNAL_ERROR))
          .hasMessageContaining("[fast]");
    }
  }

  @Test
  void accessesReachTheSketchFirstAndThenEachObserverOnceForABatch() {
    Control control = control(clock);
    control.observe(batch -> events.add("a" + batch.size() + control.frequency(KEY)));
    control.observe(batch -> {
      events.add("b");
      throw new IllegalStateException("meant to happen");
    });
    control.observe(batch -> events.add("c" + batch.key(0).toUtf8()));
    control.start();
    access(KEY);
    access(KEY);
    clock.advance(Duration.ofMillis(10));
    assertThat(events).containsExactly("a22", "b", "ckey");
    clock.advance(Duration.ofMillis(10));
    assertThat(events).as("no call without accesses").hasSize(3);
    access(KEY);
    clock.advance(Duration.ofMillis(10));
    assertThat(events).hasSize(6);
    assertThat(metrics.read())
        .containsEntry("access_failures_count", 2.0)
        .containsEntry("access_recorded_count", 3.0)
        .containsEntry("access_dropped_count", 0.0);
    assertThat(control.frequency(KEY)).isEqualTo(3);
    assertThat(control.frequency(Bytes.utf8("other"))).isZero();
    control.close();
  }

  @Test
  void oneStepCarriesWritesToEveryFollowerAndClosingTheRest() {
    tail.follow("x", follower("x"));
    tail.follow("y", follower("y"));
    startTail();
    Control control = control(clock);
    control.start();
    tail.append(1, 0, StoredRecord.of(KEY, KEY, 1, 1, 0));
    clock.advance(MILLI);
    assertThat(events).containsExactly("x1", "y1");
    tail.append(2, 0, StoredRecord.of(KEY, KEY, 1, 2, 0));
    access(KEY);
    control.close();
    control.close();
    assertThat(events).containsExactly("x1", "y1", "x1", "y1");
    assertThat(control.frequency(KEY)).isEqualTo(1);
  }

  @Test
  void threadsRunWorkOfTheirOwnAccordAndEndAtTheClose() throws InterruptedException {
    CountDownLatch turns = new CountDownLatch(5);
    CountDownLatch observed = new CountDownLatch(1);
    CountDownLatch followed = new CountDownLatch(1);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Thread[] ran = new Thread[1];
    tail.follow(
        "latch",
        new MutationFollower() {
          @Override
          public boolean durableOnly() {
            return false;
          }

          @Override
          public void onMutations(List<Mutation> mutations) {
            followed.countDown();
          }

          @Override
          public void onGap() {
            events.add("gap");
          }
        });
    startTail();
    Control control = control(new SystemClock());
    control.observe(batch -> observed.countDown());
    control.start();
    control.schedule(
        "busy",
        MILLI,
        () -> {
          ran[0] = Thread.currentThread();
          most.accumulateAndGet(inside.incrementAndGet(), Math::max);
          inside.decrementAndGet();
          turns.countDown();
          return 1;
        });
    control.schedule("dormant", Duration.ofDays(1), () -> note("dormant"));
    access(KEY);
    tail.append(1, 1, StoredRecord.of(KEY, KEY, 1, 1, 0));
    turns.await();
    observed.await();
    followed.await();
    control.close();
    assertThat(ran[0].getName()).startsWith("warp-control-");
    assertThat(ran[0].isDaemon()).isTrue();
    assertThat(ran[0].isAlive()).isFalse();
    assertThat(most).hasValue(1);
    assertThat(events).isEmpty();
  }

  @Test
  void closingFromWithinWorkDoesNotWaitForItself() throws InterruptedException {
    Control control = control(new SystemClock());
    CountDownLatch closed = new CountDownLatch(1);
    control.schedule(
        "closer",
        MILLI,
        () -> {
          control.close();
          closed.countDown();
          return 1;
        });
    control.start();
    closed.await();
    assertThat(closed.getCount()).isZero();
  }

  @Test
  void clockOfTheMachineMoves() {
    SystemClock machine = new SystemClock();
    long nanos = machine.nanos();
    assertThat(machine.nanos()).isGreaterThanOrEqualTo(nanos);
    assertThat(machine.millis()).isPositive();
  }
}
