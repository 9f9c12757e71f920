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
import io.warpengine.api.WriteOptions;
import io.warpengine.kernel.version.ShardVersions;
import io.warpengine.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
  void snapshotEndsByItsAgeIfAnythingIsKept() {
    fixture.maxAge = Duration.ofSeconds(10);
    Engine engine = fixture.open();
    for (int i = 0; i < 100; i++) {
      engine.put(bytes("k" + i), value(20_000));
    }
    WarpSnapshot first = engine.snapshot();
    fixture.clock.advance(Duration.ofSeconds(60));
    assertThat(first.get(bytes("k1"))).isPresent();
    first.close();
    WarpSnapshot second = engine.snapshot();
    for (int i = 0; i < 20; i++) {
      engine.put(bytes("k" + i), value(1));
    }
    fixture.clock.advance(Duration.ofSeconds(10));
    assertThat(second.get(bytes("k1"))).contains(value(20_000));
    fixture.clock.advance(Duration.ofSeconds(1));
    expires(() -> second.get(bytes("k1")));
    expires(() -> second.scan(Scan.all()));
  }

  @Test
  void walkOverManyDeletedKeysLooksAtAFewAtATime() {
    fixture.maxKept = 16 << 20;
    Engine engine = fixture.open();
    for (int i = 0; i < 5_000; i++) {
      engine.put(bytes("k%04d".formatted(i)), value(1));
    }
    WarpSnapshot before = engine.snapshot();
    for (int i = 0; i < 5_000; i++) {
      if (i % 1_000 != 0) {
        engine.delete(bytes("k%04d".formatted(i)));
      }
    }
    Shard shard = engine.shards().all[0];
    ShardVersions.Run run =
        shard.versions.scan(shard.store, Bytes.EMPTY, true, Optional.empty(), false, 16, 10_000);
    assertThat(run.records()).hasSizeLessThanOrEqualTo(16);
    assertThat(run.more()).isTrue();
    for (Scan scan : List.of(Scan.all(), Scan.all().reversed(), Scan.all().limit(7))) {
      List<Bytes> keys = new ArrayList<>();
      try (ScanCursor cursor = before.scan(scan)) {
        cursor.forEachRemaining(entry -> keys.add(entry.key()));
      }
      assertThat(keys).hasSize((int) Math.min(5_000, scan.limit())).doesNotHaveDuplicates();
      assertThat(keys).isSortedAccordingTo((x, y) -> (scan.backwards() ? -1 : 1) * x.compareTo(y));
    }
    try (ScanCursor cursor = engine.scan(Scan.all())) {
      List<Bytes> keys = new ArrayList<>();
      cursor.forEachRemaining(entry -> keys.add(entry.key()));
      assertThat(keys).hasSize(5);
    }
    before.close();
    fixture.clock.advance(TURN);
    assertThat(figure(engine, "kept_bytes")).isZero();
  }

  @Test
  void keyThatWasDeletedOnceIsForgottenWhileLaterVersionsAreKept() {
    Engine engine = fixture.open();
    engine.put(bytes("k"), value(1));
    WarpSnapshot last = engine.snapshot();
    engine.delete(bytes("k"));
    for (int i = 0; i < 5; i++) {
      engine.put(bytes("k"), value(2));
      WarpSnapshot next = engine.snapshot();
      engine.put(bytes("k"), value(3));
      last.close();
      last = next;
      fixture.clock.advance(TURN);
    }
    assertThat(last.get(bytes("k"))).contains(value(2));
    assertThat(figure(engine, "kept_bytes")).isBetween(1.0, 150.0);
  }

  @Test
  void onlyTheOldestSnapshotEndsAtOnce() {
    fixture.maxKept = 400_000;
    Engine engine = fixture.open();
    for (int i = 0; i < 3_000; i++) {
      engine.put(bytes("k" + i), value(1_000));
    }
    WarpSnapshot oldest = engine.snapshot();
    WarpSnapshot young = engine.snapshot();
    for (int i = 0; i < 3_000; i++) {
      engine.put(bytes("k" + i), value(1));
    }
    expires(() -> oldest.get(bytes("k1")));
    assertThat(young.get(bytes("k1"))).contains(value(1_000));
    fixture.clock.advance(TURN);
    expires(() -> young.get(bytes("k1")));
    assertThat(figure(engine, "expired_count")).isEqualTo(2);
  }

  @Test
  void whatAScanReportsAsExpiredStaysGone() {
    ManualClock clock = new ManualClock();
    fixture.time = clock;
    Engine engine = fixture.open();
    engine.put(bytes("k"), value(1), WriteOptions.timeToLive(Duration.ofMillis(10)));
    clock.advance(Duration.ofMillis(20));
    assertThat(engine.scan(Scan.all()).hasNext()).isFalse();
    engine.close();
    assertThat(fixture.manifest.section("expiry")).isNotEmpty();
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
