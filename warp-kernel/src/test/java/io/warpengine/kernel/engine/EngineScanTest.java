package io.warpengine.kernel.engine;

import static io.warpengine.kernel.engine.EngineReadWriteTest.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warpengine.api.Bytes;
import io.warpengine.api.CoreError;
import io.warpengine.api.Scan;
import io.warpengine.api.ScanCursor;
import io.warpengine.api.WarpException;
import io.warpengine.testkit.Generator;
import io.warpengine.testkit.Seeds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class EngineScanTest {

  private final EngineFixture fixture = new EngineFixture();

  private static List<String> keys(ScanCursor cursor) {
    List<String> keys = new ArrayList<>();
    try (cursor) {
      cursor.forEachRemaining(entry -> keys.add(entry.key().toUtf8()));
    }
    return keys;
  }

  private Engine filled(int count) {
    Engine engine = fixture.open();
    for (int i = 0; i < count; i++) {
      engine.put(bytes("k%04d".formatted(i)), bytes("" + i));
    }
    return engine;
  }

  @Test
  void prefixAndRangeEndWhereTheySay() {
    Engine engine = fixture.open();
    for (String key : new String[] {"a", "b", "b1", "b2", "bz", "c", "c1"}) {
      engine.put(bytes(key), bytes("1"));
    }
    assertThat(keys(engine.scan(Scan.prefix(bytes("b"))))).containsExactly("b", "b1", "b2", "bz");
    assertThat(keys(engine.scan(Scan.prefix(bytes("b")).reversed())))
        .containsExactly("bz", "b2", "b1", "b");
    assertThat(keys(engine.scan(Scan.range(bytes("b1"), bytes("c")))))
        .containsExactly("b1", "b2", "bz");
    assertThat(keys(engine.scan(Scan.range(bytes("b1"), bytes("c")).reversed())))
        .containsExactly("bz", "b2", "b1");
    assertThat(keys(engine.scan(Scan.all().limit(2)))).containsExactly("a", "b");
    assertThat(keys(engine.scan(Scan.all().reversed().limit(2)))).containsExactly("c1", "c");
  }

  @Test
  void emptyAndInvertedRangesHoldNothing() {
    Engine engine = filled(10);
    for (Scan scan :
        List.of(
            Scan.range(bytes("k0003"), bytes("k0003")),
            Scan.range(bytes("k0005"), bytes("k0003")),
            Scan.range(Bytes.EMPTY, Bytes.EMPTY))) {
      assertThat(engine.scan(scan).hasNext()).isFalse();
      assertThat(engine.scan(scan.reversed()).hasNext()).isFalse();
    }
  }

  @Test
  void walkEndsWithoutAnotherElement() {
    ScanCursor cursor = filled(1).scan(Scan.all());
    cursor.next();
    assertThat(cursor.hasNext()).isFalse();
    assertThatThrownBy(cursor::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void walkThatTheCloseOfTheDatabaseCutsShortReturnsNoKeyTwice() {
    Engine engine = filled(500);
    Set<Bytes> seen = new HashSet<>();
    try (ScanCursor cursor = engine.scan(Scan.all())) {
      engine.close();
      for (int attempt = 0; attempt < 3; attempt++) {
        assertThatThrownBy(() ->
                cursor.forEachRemaining(entry -> {
                  assertThat(seen.add(entry.key())).isTrue();
                }))
            .isInstanceOf(WarpException.class)
            .hasMessageContaining("The database is closed.");
      }
    }
    assertThat(seen).isNotEmpty();
  }

  @Test
  void closedCursorReturnsNothing() {
    ScanCursor cursor = filled(5).scan(Scan.all());
    assertThat(cursor.hasNext()).isTrue();
    cursor.close();
    cursor.close();
    assertThat(cursor.hasNext()).isFalse();
  }

  @Test
  void tokenGoesOnAfterTheLastEntryAlsoWhenThatIsGone() {
    Engine engine = filled(100);
    ScanCursor cursor = engine.scan(Scan.all());
    assertThat(cursor.token()).isEqualTo(Bytes.EMPTY);
    for (int i = 0; i < 40; i++) {
      cursor.next();
    }
    assertThat(cursor.hasNext()).isTrue();
    Bytes token = cursor.token();
    engine.delete(bytes("k0039"));
    assertThat(keys(engine.scan(Scan.all().resume(token)))).hasSize(60).startsWith("k0040");
    assertThat(keys(engine.scan(Scan.all().resume(Bytes.EMPTY)))).hasSize(99);
    ScanCursor resumed = engine.scan(Scan.all().resume(token));
    assertThat(resumed.token()).as("before anything was returned").isEqualTo(token);
  }

  @Test
  void pagesByTokenMakeTheWholeWalkBothWays() {
    Seeds.forEach(
        10,
        seed -> {
          Generator generator = new Generator(seed);
          Engine engine = fixture.open();
          NavigableSet<Bytes> model = new TreeSet<>();
          for (int i = 0; i < 800; i++) {
            Bytes key = generator.key();
            engine.put(key, bytes("1"));
            model.add(key);
          }
          for (boolean backwards : new boolean[] {false, true}) {
            Scan scan = backwards ? Scan.all().reversed() : Scan.all();
            List<Bytes> walked = new ArrayList<>();
            Bytes token = Bytes.EMPTY;
            int page;
            do {
              page = 0;
              try (ScanCursor cursor =
                  engine.scan(scan.limit(1 + generator.below(50)).resume(token))) {
                for (; cursor.hasNext(); page++) {
                  walked.add(cursor.next().key());
                }
                token = cursor.token();
              }
            } while (page > 0);
            assertThat(walked).containsExactlyElementsOf(backwards ? model.descendingSet() : model);
          }
        });
  }

  @Test
  void tokenOfAnotherScanIsRefused() {
    Engine engine = filled(100);
    ScanCursor cursor = engine.scan(Scan.range(bytes("k0010"), bytes("k0020")));
    cursor.next();
    Bytes token = cursor.token();
    byte[] newer = token.toArray();
    newer[0]++;
    for (Scan scan :
        List.of(
            Scan.all().reversed().resume(token),
            Scan.range(bytes("k0011"), bytes("k0020")).resume(token),
            Scan.range(bytes("k0000"), bytes("k0010")).resume(token),
            Scan.all().resume(bytes("x")),
            Scan.all().resume(Bytes.copyOf(new byte[] {1, 0})),
            Scan.all().resume(Bytes.copyOf(newer)))) {
      assertThatThrownBy(() -> engine.scan(scan))
          .isInstanceOfSatisfying(
              WarpException.class, e -> assertThat(e.code()).isEqualTo(CoreError.TOKEN_INVALID));
    }
  }

  @Test
  void walkReturnsWhatStaysAndNothingTwiceWhileOthersWrite() throws Exception {
    Engine engine = fixture.open();
    int stays = 3_000;
    for (int i = 0; i < stays; i++) {
      engine.put(bytes("k%05d".formatted(i * 2)), bytes("0"));
    }
    AtomicBoolean done = new AtomicBoolean();
    EngineConditionalTest.inThreads(
        2,
        thread -> {
          if (thread == 0) {
            for (int round = 0; !done.get(); round++) {
              Bytes comesAndGoes = bytes("k%05d".formatted(round * 7 % stays * 2 + 1));
              engine.put(comesAndGoes, bytes("x"));
              engine.put(bytes("k%05d".formatted(round * 5 % stays * 2)), bytes("" + round));
              engine.delete(comesAndGoes);
            }
            return 0;
          }
          try {
            for (int walk = 0; walk < 20; walk++) {
              boolean backwards = walk % 2 == 1;
              Set<Bytes> seen = new HashSet<>();
              int found = 0;
              Optional<Bytes> before = Optional.empty();
              ScanCursor cursor = engine.scan(backwards ? Scan.all().reversed() : Scan.all());
              while (cursor.hasNext()) {
                Bytes key = cursor.next().key();
                assertThat(seen.add(key)).isTrue();
                found += (key.at(key.size() - 1) - '0') % 2 == 0 ? 1 : 0;
                if (before.isPresent()) {
                  assertThat(key.compareTo(before.get()) > 0).isEqualTo(!backwards);
                }
                before = Optional.of(key);
              }
              assertThat(found).isEqualTo(stays);
            }
          } finally {
            done.set(true);
          }
          return 0;
        });
  }
}
