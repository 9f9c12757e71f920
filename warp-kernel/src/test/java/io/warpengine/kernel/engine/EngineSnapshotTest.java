package io.warpengine.kernel.engine;

import static io.warpengine.kernel.engine.EngineReadWriteTest.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warpengine.api.Bytes;
import io.warpengine.api.CoreError;
import io.warpengine.api.Scan;
import io.warpengine.api.ScanCursor;
import io.warpengine.api.WarpException;
import io.warpengine.api.WarpSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class EngineSnapshotTest {

  private static final Duration TURN = Moments.PERIOD;

  private final EngineFixture fixture = new EngineFixture();

  private static void expires(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            WarpException.class,
            failure -> assertThat(failure.code()).isEqualTo(CoreError.SNAPSHOT_EXPIRED));
  }

  private static double figure(Engine engine, String name) {
    return engine.stats().metrics().get("snapshots_" + name);
  }

  private static Bytes value(int size) {
    return Bytes.copyOf(new byte[size]);
  }

  @Test
  void whatIsReplacedIsKeptWhileASnapshotMayReadItAndNoLonger() {
    Engine engine = fixture.open();
    for (int i = 0; i < 600; i++) {
      engine.put(bytes("k" + i), value(1_000));
    }
    WarpSnapshot first = engine.snapshot();
    for (int i = 0; i < 200; i++) {
      engine.put(bytes("k" + i), value(1));
    }
    for (int i = 200; i < 400; i++) {
      engine.delete(bytes("k" + i));
    }
    WarpSnapshot second = engine.snapshot();
    fixture.clock.advance(TURN);
    for (int i = 0; i < 400; i++) {
      engine.put(bytes("k" + i), value(2));
    }
    first.close();
    fixture.clock.advance(TURN);
    assertThat(figure(engine, "kept_bytes")).isBetween(200 * 1.0, 200 * 300.0);
    assertThat(second.get(bytes("k0"))).contains(value(1));
    assertThat(second.get(bytes("k399"))).isEmpty();
    second.close();
    fixture.clock.advance(TURN);
    assertThat(figure(engine, "kept_bytes")).isZero();
    assertThat(figure(engine, "open_count")).isZero();
    assertThat(engine.shards().all)
        .allSatisfy(shard -> {
          assertThat(shard.versions.chains()).isZero();
          assertThat(shard.newestMoment).isEqualTo(Shard.NO_MOMENT);
        });
  }

  @Test
  void keyThatIsOverwrittenAgainAndAgainKeepsOneVersionPerSnapshot() {
    Engine engine = fixture.open();
    engine.put(bytes("k"), value(1_000));
    List<WarpSnapshot> snapshots = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      snapshots.add(engine.snapshot());
      for (int j = 0; j < 1_000; j++) {
        engine.put(bytes("k"), value(1_000 + i));
        if (j % 100 == 0) {
          engine.delete(bytes("k"));
        }
      }
    }
    snapshots.getFirst().close();
    fixture.clock.advance(TURN);
    assertThat(figure(engine, "kept_bytes")).isBetween(2_000.0, 2_500.0);
    assertThat(snapshots.get(1).get(bytes("k"))).contains(value(1_000));
    assertThat(snapshots.get(2).get(bytes("k"))).contains(value(1_001));
  }

  @Test
  void oldestSnapshotEndsWhenTooMuchIsKept() {
    fixture.maxKept = 400_000;
    Engine engine = fixture.open();
    for (int i = 0; i < 600; i++) {
      engine.put(bytes("k" + i), value(1_000));
    }
    ScanCursor cursor = engine.scan(Scan.all());
    cursor.next();
    WarpSnapshot oldest = engine.snapshot();
    for (int i = 0; i < 599; i++) {
      engine.put(bytes("k" + i), value(1));
    }
    expires(() -> cursor.forEachRemaining(entry -> {}));
    fixture.clock.advance(TURN);
    WarpSnapshot youngest = engine.snapshot();
    engine.put(bytes("k599"), value(1));
    assertThat(youngest.get(bytes("k599"))).contains(value(1_000));
    assertThat(figure(engine, "expired_count")).isPositive();
    Bytes token = cursor.token();
    assertThat(engine.scan(Scan.all().resume(token)).hasNext()).isTrue();
    oldest.close();
  }

  @Test
  void snapshotEndsByItsAge() {
    fixture.maxAge = Duration.ofSeconds(10);
    Engine engine = fixture.open();
    engine.put(bytes("k"), value(1));
    WarpSnapshot snapshot = engine.snapshot();
    fixture.clock.advance(Duration.ofSeconds(10));
    assertThat(snapshot.get(bytes("k"))).isPresent();
    fixture.clock.advance(Duration.ofSeconds(1));
    expires(() -> snapshot.get(bytes("k")));
    expires(() -> snapshot.scan(Scan.all()));
  }

  @Test
  void walkThatIsUsedUpKeepsNothing() {
    Engine engine = fixture.open();
    engine.put(bytes("k"), value(1));
    ScanCursor cursor = engine.scan(Scan.all());
    cursor.next();
    assertThat(figure(engine, "open_count")).isOne();
    assertThat(cursor.hasNext()).isFalse();
    assertThat(figure(engine, "open_count")).isZero();
    assertThatThrownBy(() -> engine.scan(Scan.all().resume(bytes("no token"))))
        .isInstanceOf(WarpException.class);
    assertThat(figure(engine, "open_count")).isZero();
  }
}
