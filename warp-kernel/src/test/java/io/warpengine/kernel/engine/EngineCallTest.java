package io.warpengine.kernel.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warpengine.api.WarpException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Operations that run while the database closes. */
@Timeout(60)
final class EngineCallTest {

  private final EngineFixture fixture = new EngineFixture();
  private final CountDownLatch running = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);

  @Test
  void closeWaitsForARunningOperationAndLetsNoOtherBegin() throws InterruptedException {
    fixture.onCall = this::hang;
    Engine engine = fixture.open();
    Thread caller = Thread.ofPlatform().start(() -> call(engine));
    running.await();
    Thread closer = Thread.ofPlatform().start(engine::close);
    while (closer.getState() != Thread.State.TIMED_WAITING && closer.isAlive()) {
      Thread.onSpinWait();
    }
    assertThat(fixture.closes).isZero();
    assertThatThrownBy(() -> call(engine))
        .isInstanceOf(WarpException.class)
        .hasMessageContaining("The database is closed.");
    release.countDown();
    caller.join();
    closer.join();
    assertThat(fixture.closes).isEqualTo(1);
  }

  @Test
  void operationThatClosesDoesNotWaitForItself() {
    Engine engine = fixture.open();
    fixture.onCall = engine::close;
    call(engine);
    assertThat(fixture.closes).isEqualTo(1);
  }

  @Test
  void closeWaitsForAnOperationNoLongerThanIsAllowed() throws InterruptedException {
    fixture.onCall = this::hang;
    fixture.timeout = Duration.ofMillis(1);
    Engine engine = fixture.open();
    Thread caller = Thread.ofPlatform().start(() -> call(engine));
    running.await();
    Thread.currentThread().interrupt();
    engine.close();
    assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
    assertThat(fixture.closes).isEqualTo(1);
    assertThat(fixture.late).hasSize(1);
    release.countDown();
    fixture.late.getFirst().run();
    caller.join();
  }

  private void hang() {
    running.countDown();
    boolean hanging = true;
    while (hanging) {
      try {
        release.await();
        hanging = false;
      } catch (InterruptedException e) {
        running.countDown();
      }
    }
  }

  private static void call(Engine engine) {
    engine.call("test", Map.of(), row -> {});
  }
}
