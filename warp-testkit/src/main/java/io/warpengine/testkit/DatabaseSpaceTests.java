package io.warpengine.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warpengine.api.Bytes;
import io.warpengine.api.CoreError;
import io.warpengine.api.Durability;
import io.warpengine.api.Entry;
import io.warpengine.api.KeyRange;
import io.warpengine.api.Scan;
import io.warpengine.api.ScanCursor;
import io.warpengine.api.SpaceOptions;
import io.warpengine.api.SpaceStats;
import io.warpengine.api.TransactionOptions;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpReader;
import io.warpengine.api.WarpSnapshot;
import io.warpengine.api.WarpSpace;
import io.warpengine.api.WarpTransaction;
import io.warpengine.api.Watch;
import io.warpengine.api.WriteBatch;
import io.warpengine.api.WriteOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The part of {@link WarpDatabaseContract} about what named spaces are to their users. */
abstract class DatabaseSpaceTests extends DatabaseWatchTests {

  /** Spaces of names at the limits, the default space first. */
  private static final List<String> NAMES =
      List.of("", "a", "a/b", " ", "space/a", "{tag}", "\u96fb\u8eca", "n".repeat(255));

  final WarpDatabase openWithSpaces() {
    Assumptions.assumeTrue(has(Capability.HAS_SPACES), "has named spaces");
    return open();
  }

  private static Bytes ofBytes(int... bytes) {
    byte[] key = new byte[bytes.length];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) bytes[i];
    }
    return Bytes.wrap(key, 0, key.length);
  }

  private static List<Bytes> keys(WarpReader space, Scan scan) {
    List<Bytes> keys = new ArrayList<>();
    try (ScanCursor cursor = space.scan(scan)) {
      cursor.forEachRemaining(entry -> keys.add(entry.key()));
    }
    return keys;
  }

  static Optional<SpaceStats> stats(WarpDatabase database, String name) {
    return database.stats().spaces().stream().filter(one -> one.name().equals(name)).findFirst();
  }

  @Test
  void eachSpaceHasKeysOfItsOwn() {
    WarpDatabase database = openWithSpaces();
    WriteOptions options = WriteOptions.DEFAULT;
    assertThat(database.name()).isEmpty();
    for (String name : NAMES) {
      WarpSpace space = database.space(name);
      assertThat(space.name()).isEqualTo(name);
      assertThat(space.get(b("k"))).isEmpty();
      assertThat(space.delete(b("k"))).isEmpty();
      assertThat(space.compareAndSet(b("k"), b("v"), b("x"), options)).isEmpty();
      assertThat(space.putIfAbsent(b("k"), b("v"), options)).isPresent();
      assertThat(space.increment(b("n"), NAMES.indexOf(name), options).value())
          .isEqualTo(NAMES.indexOf(name));
      space.async().put(b("later"), b(name + "!")).toCompletableFuture().join();
    }
    database.delete(b("k"));
    for (String name : NAMES) {
      WarpSpace space = database.space(name);
      assertThat(space.get(b("k")).isPresent()).isEqualTo(!name.isEmpty());
      assertThat(space.multiGet(List.of(b("n"), b("later"))))
          .containsExactly(
              Optional.of(b(String.valueOf(NAMES.indexOf(name)))), Optional.of(b(name + "!")));
      assertThat(space.entry(b("n")).map(Entry::key)).contains(b("n"));
      assertThat(DatabaseModel.entries(space))
          .extracting(Entry::key)
          .isEqualTo(
              name.isEmpty() ? List.of(b("later"), b("n")) : List.of(b("k"), b("later"), b("n")));
    }
    assertThat(database.spaces())
        .isEqualTo(NAMES.subList(1, NAMES.size()).stream().sorted().toList());
  }

  @Test
  void namesThatNoSpaceCanHaveAreRefused() {
    WarpDatabase database = openWithSpaces();
    for (String name : List.of("n".repeat(256), "\u00e9".repeat(128), "a\nb", "\0", "\ud800")) {
      refuses(database, CoreError.SPACE_NAME_INVALID, () -> database.space(name));
      refuses(
          database,
          CoreError.SPACE_NAME_INVALID,
          () -> database.writeBatch(new WriteBatch().space(name).put(b("k"), b("v"))));
      refuses(database, CoreError.SPACE_NAME_INVALID, () -> database.dropSpace(name));
    }
    refuses(database, CoreError.SPACE_NAME_INVALID, () -> database.space("", SpaceOptions.DEFAULT));
    refuses(database, CoreError.SPACE_NAME_INVALID, () -> database.dropSpace(""));
    assertThat(database.spaces()).isEmpty();
  }

  @Test
  void limitsOfKeysAreThoseOfTheDefaultSpace() {
    WarpDatabase database = openWithSpaces();
    byte[] longest = new byte[1 << 16];
    java.util.Arrays.fill(longest, (byte) 0xff);
    Bytes key = Bytes.wrap(longest, 0, longest.length);
    Bytes tooLong = Bytes.copyOf(java.util.Arrays.copyOf(longest, longest.length + 1));
    for (WarpSpace space : List.of(database, database.space("a"))) {
      space.put(key, b("v"));
      assertThat(space.get(key)).contains(b("v"));
      assertThat(keys(space, Scan.all())).containsExactly(key);
      refuses(database, CoreError.KEY_TOO_LONG, () -> space.put(tooLong, b("v")));
      refuses(database, CoreError.KEY_EMPTY, () -> space.put(Bytes.EMPTY, b("v")));
    }
  }

  @Test
  void keysWithTheSameTagShareAShardAcrossSpaces() {
    WarpDatabase database = openWithSpaces();
    for (int i = 0; i < 130; i++) {
      database.space("s" + i);
    }
    for (int tag = 0; tag < 3; tag++) {
      int shard = database.put(b("{t" + tag + "}"), b("v")).shard();
      Bytes marked = Bytes.copyOf(new byte[] {-1, '{', 't', (byte) ('0' + tag), '}'});
      assertThat(database.put(marked, b("v")).shard()).isEqualTo(shard);
      for (int i = 0; i < 130; i++) {
        assertThat(database.space("s" + i).put(b("x{t" + tag + "}"), b("v")).shard())
            .isEqualTo(shard);
      }
    }
  }

  @Test
  void scanOfTheDefaultSpacePassesOverAllOthers() {
    WarpDatabase database = openWithSpaces();
    List<Bytes> sorted =
        List.of(
            ofBytes(0),
            ofBytes(0xfe, 0xff),
            ofBytes(0xff),
            ofBytes(0xff, 0),
            ofBytes(0xff, 0, 0, 0, 1, 'k'),
            ofBytes(0xff, 0xff),
            ofBytes(0xff, 0xff, 0xff));
    WarpSpace other = database.space("a");
    for (Bytes key : sorted) {
      database.put(key, b("default"));
      other.put(key, b("other"));
    }
    for (WarpSpace space : List.of(database, other)) {
      assertThat(keys(space, Scan.all())).isEqualTo(sorted);
      assertThat(keys(space, Scan.all().reversed())).isEqualTo(sorted.reversed());
      for (int from = 0; from < sorted.size(); from++) {
        for (int to = from; to < sorted.size(); to++) {
          Scan scan = Scan.range(sorted.get(from), sorted.get(to));
          assertThat(keys(space, scan)).isEqualTo(sorted.subList(from, to));
          assertThat(keys(space, scan.reversed())).isEqualTo(sorted.subList(from, to).reversed());
        }
      }
      for (Scan scan : List.of(Scan.all(), Scan.all().reversed())) {
        List<Bytes> walked = new ArrayList<>();
        Bytes token = Bytes.EMPTY;
        for (int page = 0; page <= sorted.size(); page++) {
          try (ScanCursor cursor = space.scan(scan.limit(1).resume(token))) {
            cursor.forEachRemaining(entry -> walked.add(entry.key()));
            token = cursor.token();
          }
        }
        assertThat(walked).isEqualTo(scan.backwards() ? sorted.reversed() : sorted);
      }
    }
  }

  @Test
  void anySequenceOfWritesToManySpacesEqualsTheModels() {
    List<Durability> modes = List.copyOf(durabilities());
    WarpDatabase database = openWithSpaces();
    Map<String, DatabaseModel> models = new TreeMap<>();
    NAMES.forEach(name -> models.put(name, new DatabaseModel(clock())));
    Seeds.forEach(
        5,
        seed -> {
          Generator data = new Generator(seed, 16);
          for (int i = 0; i < 300; i++) {
            String name = data.choose(NAMES);
            DatabaseModel model = Objects.requireNonNull(models.get(name));
            DatabaseStep step = DatabaseStep.next(data, model, modes);
            String expected = model.apply(step);
            if (!expected.equals(CoreError.NOT_A_NUMBER.name())) {
              assertThat(step.doTo(database.space(name))).as("step %s", i).isEqualTo(expected);
            }
            if (data.chance(0.05)) {
              clock().advance(Duration.ofMillis(data.below(2_000)));
            }
            if (data.chance(0.02) && !name.isEmpty()) {
              assertThat(database.dropSpace(name)).isTrue();
              models.put(name, new DatabaseModel(clock()));
            }
          }
          models.forEach((name, model) -> model.assertHeldBy(database.space(name), name));
        });
    if (has(Capability.KEEPS_DATA)) {
      database.close();
      WarpDatabase again = open();
      models.forEach((name, model) -> model.assertHeldBy(again.space(name), name));
    }
  }

  @Test
  void recordsExpireByTheDefaultOfTheirSpace() {
    WarpDatabase database = openWithSpaces();
    SpaceOptions options = SpaceOptions.DEFAULT.withTimeToLive(Duration.ofMillis(100));
    WarpSpace space = database.space("short", options);
    WriteOptions longer = WriteOptions.timeToLive(Duration.ofMillis(500));
    Instant start = clock().advance(Duration.ZERO).instant();
    space.put(b("put"), b("v"));
    space.putIfAbsent(b("absent"), b("v"), WriteOptions.DEFAULT);
    space.compareAndSet(b("put"), b("v"), b("w"), WriteOptions.DEFAULT);
    space.increment(b("n"), 1, WriteOptions.DEFAULT);
    space.put(b("longer"), b("v"), longer);
    database.writeBatch(
        new WriteBatch()
            .put(b("batched"), b("v"))
            .space("short")
            .put(b("batched"), b("v"))
            .put(b("own"), b("v"), Duration.ofMillis(700)));
    assertThat(DatabaseModel.entries(space))
        .extracting(entry ->
            entry.key().toUtf8()
                + Duration.between(start, entry.expiresAt().orElseThrow()).toMillis())
        .containsExactly("absent100", "batched100", "longer500", "n100", "own700", "put100");
    assertThat(database.entry(b("batched")).flatMap(Entry::expiresAt)).isEmpty();
    clock().advance(Duration.ofMillis(50));
    space.increment(b("n"), 1, WriteOptions.DEFAULT);
    clock().advance(Duration.ofMillis(50));
    assertThat(DatabaseModel.entries(space))
        .extracting(entry -> entry.key().toUtf8())
        .containsExactly("longer", "own");
    refuses(
        database,
        CoreError.TTL_INVALID,
        () -> database.space("short", SpaceOptions.DEFAULT.withTimeToLive(Duration.ZERO)));
  }

  @Test
  void writesWaitForTheDurabilityOfTheirSpace() {
    WarpDatabase database = openWithSpaces();
    for (Durability mode : Durability.values()) {
      SpaceOptions options = SpaceOptions.DEFAULT.withDurability(mode);
      if (!durabilities().contains(mode)) {
        refuses(database, CoreError.DURABILITY_UNSUPPORTED, () -> database.space("any", options));
        continue;
      }
      WarpSpace space = database.space("in " + mode, options);
      assertThat(stats(database, "in " + mode).orElseThrow().options()).isEqualTo(options);
      assertThat(space.put(b("k"), b("v")).durability()).isGreaterThanOrEqualTo(mode);
      assertThat(space.writeBatch(new WriteBatch().put(b("k"), b("v"))).durability())
          .isGreaterThanOrEqualTo(mode);
    }
    Durability strongest = Collections.max(durabilities());
    Durability weakest = Collections.min(durabilities());
    WarpSpace weak = database.space("in " + weakest);
    WriteBatch both =
        new WriteBatch().put(b("k"), b("v")).space("in " + strongest).put(b("k"), b("v"));
    assertThat(weak.writeBatch(both).durability()).isEqualTo(strongest);
  }

  @Test
  void optionsChangeAtOnceForEverybody() {
    WarpDatabase database = openWithSpaces();
    WarpSpace held = database.space("a");
    SpaceOptions options = SpaceOptions.DEFAULT.withTimeToLive(Duration.ofMillis(100));
    database.space("a", options);
    long writes = writes(database);
    database.space("a", options);
    database.space("a");
    assertThat(writes(database)).as("options that are there are not written").isEqualTo(writes);
    held.put(b("k"), b("v"));
    assertThat(held.entry(b("k")).flatMap(Entry::expiresAt)).isPresent();
    assertThat(stats(database, "a").map(SpaceStats::options)).contains(options);
    if (has(Capability.KEEPS_DATA)) {
      database.close();
      WarpDatabase again = open();
      assertThat(stats(again, "a").map(SpaceStats::options)).contains(options);
      again.space("a").put(b("k2"), b("v"));
      assertThat(again.space("a").entry(b("k2")).flatMap(Entry::expiresAt)).isPresent();
    }
  }

  @Test
  void batchWritesToSeveralSpacesOrToNone() {
    WarpDatabase database = openWithSpaces();
    WarpSpace a = database.space("a");
    a.put(b("gone"), b("v"));
    WriteBatch batch = new WriteBatch().put(b("k"), b("in a"));
    batch.space("b").put(b("k"), b("in b"));
    batch.space("").put(b("k"), b("in default"));
    batch.delete(b("gone"));
    assertThat(batch.size()).isEqualTo(4);
    assertThat(a.writeBatch(batch).operations()).isEqualTo(4);
    assertThat(a.get(b("k"))).contains(b("in a"));
    assertThat(a.get(b("gone"))).isEmpty();
    assertThat(database.space("b").get(b("k"))).contains(b("in b"));
    assertThat(database.get(b("k"))).contains(b("in default"));
    WriteBatch wrong = new WriteBatch().put(b("k"), b("x")).space("b").put(Bytes.EMPTY, b("x"));
    refuses(database, CoreError.KEY_EMPTY, () -> a.writeBatch(wrong));
    assertThat(a.get(b("k"))).contains(b("in a"));
    database.dropSpace("a");
    WriteBatch held = new WriteBatch().put(b("k"), b("x")).space("b").put(b("k"), b("x"));
    refuses(database, CoreError.SPACE_DROPPED, () -> a.writeBatch(held));
    assertThat(database.space("b").get(b("k"))).contains(b("in b"));
  }

  @Test
  void snapshotSeesEverySpaceAtItsMoment() {
    WarpDatabase database = openWithSpaces();
    WarpSpace a = database.space("a");
    for (int i = 0; i < 50; i++) {
      a.put(b("k" + i), b("old"));
    }
    database.put(b("k"), b("old"));
    try (WarpSnapshot snapshot = database.snapshot();
        WarpSnapshot own = a.snapshot()) {
      database.put(b("k"), b("new"));
      a.put(b("k1"), b("new"));
      a.put(b("later"), b("new"));
      database.space("b").put(b("k"), b("new"));
      database.dropSpace("b");
      for (WarpReader reader : List.of(snapshot.space("a"), own, own.space("a"))) {
        assertThat(reader.get(b("k1"))).contains(b("old"));
        assertThat(reader.get(b("later"))).isEmpty();
        assertThat(DatabaseModel.entries(reader)).extracting(Entry::value).containsOnly(b("old"));
      }
      assertThat(own.space("").get(b("k"))).contains(b("old"));
      fails(CoreError.SPACE_MISSING, () -> snapshot.space("b"));
      database.dropSpace("a");
      clock().advance(Duration.ofSeconds(1));
      assertThat(own.get(b("k1"))).contains(b("old"));
      assertThat(DatabaseModel.entries(own)).hasSize(50);
    }
  }

  @Test
  void transactionReadsAndWritesSeveralSpacesAsOne() {
    WarpDatabase database = openWithSpaces();
    WarpSpace a = database.space("a", SpaceOptions.DEFAULT.withTimeToLive(Duration.ofDays(1)));
    a.put(b("k"), b("1"));
    database.put(b("k"), b("9"));
    int keys =
        a.transact(inside -> {
          assertThat(inside.get(b("k"))).contains(b("1"));
          inside.put(b("own"), b("2"));
          WarpTransaction main = inside.space("");
          assertThat(main.get(b("own"))).isEmpty();
          main.delete(b("k"));
          main.space("b").put(b("\0"), b("3"), Duration.ofDays(2));
          assertThat(keys(main.space("b"), Scan.all())).containsExactly(b("\0"));
          assertThat(keys(main, Scan.all().reversed())).isEmpty();
          return keys(inside, Scan.all()).size();
        });
    assertThat(keys).isEqualTo(2);
    assertThat(a.entry(b("own")).flatMap(Entry::expiresAt)).isPresent();
    assertThat(database.get(b("k"))).isEmpty();
    assertThat(database.space("b").get(b("\0"))).contains(b("3"));
    Runnable failing =
        () ->
            database.transact(inside -> {
              inside.space("a").put(b("k"), b("x"));
              throw new IllegalStateException("meant to happen");
            });
    assertThatThrownBy(failing::run).isInstanceOf(IllegalStateException.class);
    assertThat(a.get(b("k"))).contains(b("1"));
    assertThat(
            database.<Optional<Bytes>>transact(
                TransactionOptions.READ_ONLY, inside -> inside.space("a").get(b("k"))))
        .contains(b("1"));
  }

  @Test
  void transactionMeetsWhatIsWrittenToTheSpacesThatItRead() {
    WarpDatabase database = openWithSpaces();
    WarpSpace a = database.space("a");
    for (WarpSpace read : List.of(a, database)) {
      for (Bytes key : List.of(b("k"), ofBytes(0xff, 0xff))) {
        for (boolean scanned : new boolean[] {true, false}) {
          List<Integer> attempts = new ArrayList<>();
          database.transact(inside -> {
            WarpTransaction reading = inside.space(read.name());
            boolean there =
                scanned ? keys(reading, Scan.all()).contains(key) : reading.get(key).isPresent();
            if (attempts.isEmpty()) {
              assertThat(there).isFalse();
              read.put(key, b("v"));
            }
            attempts.add(1);
            inside.put(b("result"), b(String.valueOf(there)));
            return true;
          });
          assertThat(attempts).hasSize(2);
          assertThat(database.get(b("result"))).contains(b("true"));
          read.delete(key);
        }
      }
    }
    a.put(b("k"), b("v"));
    List<Integer> attempts = new ArrayList<>();
    database.transact(inside -> {
      attempts.add(keys(inside, Scan.all()).size());
      a.put(b("k" + attempts.size()), b("v"));
      inside.put(b("result"), b("v"));
      return true;
    });
    assertThat(attempts).as("a write to another space is none to this").hasSize(1);
  }

  @Test
  void rangesAndWatchesStayWithinTheirSpace() {
    WarpDatabase database = openWithSpaces();
    WarpSpace a = database.space("a");
    List<Watch.Event> events = new ArrayList<>();
    Watch watch = a.watch(b("k"), Watch.Options.DEFAULT.asTheyHappen(), events::add);
    WriteBatch batch = new WriteBatch();
    for (int i = 0; i < 2_000; i++) {
      batch.put(b("k" + i), b("v" + i % 10));
      batch.put(Bytes.copyOf(new byte[] {-1, (byte) i, (byte) (i >> 8)}), b("v" + i % 10));
    }
    a.writeBatch(batch);
    database.writeBatch(batch);
    for (WarpSpace space : List.of(a, database)) {
      long bytes =
          DatabaseModel.entries(space).stream().mapToLong(one -> one.key().size() + 2).sum();
      assertThat(space.approximateSize(KeyRange.all())).isEqualTo(new KeyRange.Size(4_000, bytes));
      assertThat(space.approximateSize(KeyRange.prefix(b("k"))).records()).isEqualTo(2_000);
      assertThat(space.approximateSize(KeyRange.prefix(ofBytes(0xff))))
          .isEqualTo(new KeyRange.Size(2_000, 2_000 * 5));
      assertThat(space.sample(KeyRange.all(), 5_000, 1))
          .extracting(Entry::key)
          .containsExactlyInAnyOrderElementsOf(keys(space, Scan.all()));
    }
    clock().advance(Duration.ofMillis(100));
    assertThat(events).hasSize(2_000);
    watch.close();
    assertThat(a.deleteRange(KeyRange.prefix(ofBytes(0xff)), WriteOptions.DEFAULT).records())
        .isEqualTo(2_000);
    assertThat(database.clear().records()).isEqualTo(4_000);
    assertThat(a.approximateSize(KeyRange.all()).records()).isEqualTo(2_000);
    assertThat(DatabaseModel.entries(a)).hasSize(2_000);
    database.dropSpace("a");
    fails(CoreError.SPACE_DROPPED, () -> a.approximateSize(KeyRange.all()));
    fails(CoreError.SPACE_DROPPED, () -> a.sample(KeyRange.all(), 1, 1));
    fails(CoreError.SPACE_DROPPED, a::clear);
    fails(CoreError.SPACE_DROPPED, () -> a.watch(b("k"), events::add));
  }

  @Test
  void statsCountEachSpaceExactly() {
    WarpDatabase database = openWithSpaces();
    WarpSpace a = database.space("a");
    WarpSpace empty = database.space("empty");
    a.put(b("k"), b("123"));
    a.put(b("k"), b("12345"));
    a.put(b("kk"), b("1"));
    a.put(b("kkk"), b("1"));
    a.delete(b("kkk"));
    database.put(b("d"), b("1"));
    database.put(ofBytes(0xff), b("22"));
    database.put(ofBytes(0xff, 0xff, 1), b("333"));
    database.put(ofBytes(0xff, 2), b("4"));
    database.delete(ofBytes(0xff, 2));
    assertCounted(database);
    assertThat(empty.get(b("k"))).isEmpty();
    if (has(Capability.KEEPS_DATA)) {
      database.close();
      assertCounted(open());
    }
  }

  private static void assertCounted(WarpDatabase database) {
    assertThat(database.stats().spaces())
        .containsExactly(
            new SpaceStats("a", SpaceOptions.DEFAULT, 2, 3, 6),
            new SpaceStats("empty", SpaceOptions.DEFAULT, 0, 0, 0));
    assertThat(database.stats().keys()).isEqualTo(3);
    assertThat(database.stats().keyBytes()).isEqualTo(5);
    assertThat(database.stats().valueBytes()).isEqualTo(6);
  }
}
