package io.warpengine.kernel.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class InFlightTest {

  private final InFlight inFlight = new InFlight(100);
  private final List<String> order = Collections.synchronizedList(new ArrayList<>());

  @Test
  void aLargeTakeIsNotOvertakenBySmallOnes() throws InterruptedException {
    inFlight.take(60);
    Thread large = taker("large", 80);
    Thread small = taker("small", 30);
    inFlight.give(60);
    large.join();
    assertThat(order).containsExactly("large");
    inFlight.give(80);
    small.join();
    assertThat(order).containsExactly("large", "small");
  }

  @Test
  void moreThanTheBoundPassesAlone() throws InterruptedException {
    inFlight.take(1);
    Thread huge = taker("huge", 1_000);
    assertThat(order).isEmpty();
    inFlight.give(1);
    huge.join();
    Thread next = taker("next", 1);
    assertThat(order).containsExactly("huge");
    inFlight.give(1_000);
    next.join();
    assertThat(inFlight.bytes()).isEqualTo(1);
  }

  @Test
  void whoeverAcknowledgesNeverWaits() {
    inFlight.take(100);
    inFlight.acknowledge(10, () -> inFlight.take(50));
    assertThat(inFlight.bytes()).isEqualTo(140);
  }

  @Test
  void whatIsGivenBackCanBeTakenByManyAgainAndAgain() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int bytes = 20 + 15 * i;
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                for (int round = 0; round < 5_000; round++) {
                  inFlight.take(bytes);
                  inFlight.give(bytes);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(inFlight.bytes()).isZero();
  }

  /** A thread that takes bytes; returns when it has them or waits for them. */
  private Thread taker(String name, long bytes) {
    Thread thread =
        Thread.ofPlatform()
            .start(() -> {
              inFlight.take(bytes);
              order.add(name);
            });
    while (thread.isAlive() && thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    return thread;
  }
}
