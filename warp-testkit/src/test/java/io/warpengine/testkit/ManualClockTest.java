package io.warpengine.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warpengine.api.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManualClockTest {

  private final ManualClock clock = new ManualClock(Instant.ofEpochMilli(1_000));
  private final List<String> calls = new ArrayList<>();

  @Test
  void bothTimesMoveForwardTogether() {
    clock.advance(Duration.ofMillis(5));
    assertThat(clock.millis()).isEqualTo(1_005);
    assertThat(clock.nanos()).isEqualTo(5_000_000);
    assertThat(new ManualClock().millis()).isGreaterThan(1_700_000_000_000L);
  }

  @Test
  void wallTimeJumpsBackAloneAndTimeDoesNot() {
    clock.advance(Duration.ofSeconds(1)).setWall(Instant.EPOCH);
    assertThat(clock.millis()).isZero();
    assertThat(clock.nanos()).isEqualTo(1_000_000_000);
    assertThatThrownBy(() -> clock.advance(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void listenersHearEveryMoveUntilTheyLeave() {
    Runnable listener = () -> calls.add("moved");
    clock.addStepListener(listener);
    clock.advance(Duration.ZERO).setWall(Instant.EPOCH);
    clock.removeStepListener(listener);
    clock.advance(Duration.ZERO);
    assertThat(calls).hasSize(2);
  }

  @Test
  void controlPlaneRunsWhatIsDueInOrder() {
    ManualControlPlane control = new ManualControlPlane(clock);
    control.schedule("slow", Duration.ofMillis(10), () -> add("slow"));
    control.schedule("fast", Duration.ofMillis(2), () -> add("fast"));
    clock.advance(Duration.ofMillis(1));
    assertThat(calls).isEmpty();
    clock.advance(Duration.ofMillis(1));
    clock.advance(Duration.ofMillis(8));
    assertThat(calls).containsExactly("fast", "slow", "fast");
    assertThat(control.run("slow")).isEqualTo(4);
    assertThat(control.scheduled()).containsExactly("slow", "fast");
    assertThatThrownBy(() -> control.run("none")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> control.schedule("none", Duration.ZERO, () -> 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private int add(String name) {
    calls.add(name);
    return calls.size();
  }

  @Test
  void controlPlaneCountsAccessesAsTold() {
    ManualControlPlane control = new ManualControlPlane(clock);
    control.setFrequency(Bytes.utf8("a"), 9);
    assertThat(control.frequency(Bytes.utf8("a"))).isEqualTo(9);
    assertThat(control.frequency(Bytes.utf8("b"))).isZero();
  }
}
