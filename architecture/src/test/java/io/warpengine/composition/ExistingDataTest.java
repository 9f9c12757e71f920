package io.warpengine.composition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.warpengine.api.Bytes;
import io.warpengine.api.CoreError;
import io.warpengine.api.Durability;
import io.warpengine.api.MissingPlugins;
import io.warpengine.api.Problem;
import io.warpengine.api.Scan;
import io.warpengine.api.ScanCursor;
import io.warpengine.api.Warp;
import io.warpengine.api.WarpBuilder;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpException;
import io.warpengine.wal.WriteAheadLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plugins that own data come to a directory with the real log, are taken away, and come back: what
 * is there stays there, and who goes on without them has to say so.
 */
final class ExistingDataTest {

  private static final String[] BOTH = {"wal", LedgerPlugin.ID};
  private static final String LOG = "wal";

  @TempDir private Path folder;

  private final Thread thread = Thread.currentThread();
  private final ClassLoader before = thread.getContextClassLoader();

  @BeforeEach
  void addTheJar() throws IOException {
    thread.setContextClassLoader(LedgerPlugin.loader(folder.resolve("ledger")));
  }

  @AfterEach
  void removeTheJar() {
    thread.setContextClassLoader(before);
  }

  @Test
  void anAddedOwnerFindsTheDataAndKeepsItsOwnFromThenOn() {
    try (WarpDatabase database = builder(LOG).open()) {
      put(database, "old", "1");
    }
    writeBoth();
    try (WarpDatabase database = builder(BOTH).open()) {
      assertThat(content(database)).isEqualTo(Map.of("old", "1", "new", "2"));
      assertThat(database.extension(LedgerPlugin.Text.class).read()).isEqualTo("kept");
    }
  }

  @Test
  void aRemovedOwnerIsRefusedWithTheChoicesAndNothingIsChanged() throws IOException {
    writeBoth();
    SortedMap<String, Bytes> files = files();
    removeTheJar();
    for (WarpBuilder builder : new WarpBuilder[] {builder(LOG), builder(LOG).readOnly(true)}) {
      WarpException refusal = catchThrowableOfType(WarpException.class, builder::open);
      assertThat(refusal.code()).isEqualTo(CoreError.OWNER_MISSING);
      assertThat(refusal.problems())
          .extracting(Problem::what)
          .containsExactly(
              "The checkpoint.ledger of this data belongs to the plugin [ledger], which is not"
                  + " there.");
      assertThat(refusal.problems().getFirst().help())
          .contains("[plugin-ledger]", "[read-only]", "[ignore]");
    }
    assertThat(files()).isEqualTo(files);
  }

  @Test
  void withoutAnOwnerEverythingElseIsReadAndNothingIsChanged() throws IOException {
    writeBoth();
    SortedMap<String, Bytes> files = files();
    removeTheJar();
    try (WarpDatabase database = missing(MissingPlugins.READ_ONLY, LOG).open()) {
      assertThat(content(database)).containsEntry("new", "2");
      WarpException refusal =
          catchThrowableOfType(WarpException.class, () -> put(database, "new", "3"));
      assertThat(refusal.code()).isEqualTo(CoreError.READ_ONLY);
      assertThat(refusal).hasMessageContaining("[ledger]");
    }
    assertThat(files()).isEqualTo(files);
    assertThatLedgerIs("kept");
  }

  @Test
  void anIgnoredOwnerFindsItsPartAgainAfterWritesAndCheckpointsWithoutIt() throws IOException {
    writeBoth();
    removeTheJar();
    for (int round = 0; round < 3; round++) {
      try (WarpDatabase database = missing(MissingPlugins.IGNORE, LOG).open()) {
        put(database, "meanwhile", "round " + round);
        database.extension(WriteAheadLog.class).checkpoint();
        put(database, "after", "round " + round);
      }
    }
    addTheJar();
    try (WarpDatabase database = builder(BOTH).open()) {
      assertThat(content(database))
          .isEqualTo(Map.of("new", "2", "meanwhile", "round 2", "after", "round 2"));
      assertThat(database.readOnly()).isFalse();
    }
    assertThatLedgerIs("kept");
  }

  @Test
  void aMissingLogIsRefusedWithTheChoicesAndNothingIsChanged() throws IOException {
    writeBoth();
    SortedMap<String, Bytes> files = files();
    WarpException refusal =
        catchThrowableOfType(WarpException.class, builder(LedgerPlugin.ID)::open);
    assertThat(refusal.code()).isEqualTo(CoreError.OWNER_MISSING);
    assertThat(refusal.problems())
        .extracting(Problem::what)
        .containsExactly(
            "The journal of this data belongs to the plugin [wal], which is not there.");
    assertThat(refusal.problems().getFirst().help())
        .contains("[plugin-wal]", "[read-only]", "[ignore]");
    assertThat(files()).isEqualTo(files);
  }

  @Test
  void aLogThatIsNotChosenIsRefusedWithTheKeyToSet() {
    writeBoth();
    WarpBuilder builder = builder(BOTH).set("warp.journal", "none");
    WarpException refusal = catchThrowableOfType(WarpException.class, builder::open);
    assertThat(refusal.problems())
        .extracting(Problem::code, Problem::help)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                CoreError.OWNER_MISSING, "Set [warp.journal] to [wal]."));
  }

  @Test
  void nothingIsLostWhenTheLogComesBack() throws IOException {
    writeBoth();
    try (WarpDatabase database = missing(MissingPlugins.READ_ONLY, LedgerPlugin.ID).open()) {
      assertThat(content(database)).isEmpty();
      assertThat(database.readOnly()).isTrue();
    }
    SortedMap<String, Bytes> log = files();
    log.keySet().removeIf(path -> !path.startsWith("wal/"));
    try (WarpDatabase database = missing(MissingPlugins.IGNORE).open()) {
      assertThat(content(database)).isEmpty();
      assertThat(database.durability()).isEqualTo(Durability.NONE);
      put(database, "new", "not kept");
      put(database, "other", "not kept");
    }
    assertThat(files()).containsAllEntriesOf(log);
    try (WarpDatabase database = builder(BOTH).open()) {
      assertThat(content(database)).isEqualTo(Map.of("new", "2"));
      put(database, "new", "3");
    }
    assertThatLedgerIs("kept");
  }

  private void writeBoth() {
    try (WarpDatabase database = builder(BOTH).open()) {
      put(database, "new", "2");
      database.extension(LedgerPlugin.Text.class).write("kept");
      database.extension(WriteAheadLog.class).checkpoint();
    }
  }

  private void assertThatLedgerIs(String text) throws IOException {
    addTheJar();
    try (WarpDatabase database = builder(BOTH).open()) {
      assertThat(database.extension(LedgerPlugin.Text.class).read()).isEqualTo(text);
    }
  }

  private WarpBuilder builder(String... plugins) {
    return Warp.builder()
        .environment(Map.of())
        .directory(folder.resolve("data"))
        .set("warp.shards", "4")
        .plugins(plugins);
  }

  private WarpBuilder missing(MissingPlugins missing, String... plugins) {
    return builder(plugins).missingPlugins(missing);
  }

  private static void put(WarpDatabase database, String key, String value) {
    database.put(Bytes.utf8(key), Bytes.utf8(value));
  }

  private static Map<String, String> content(WarpDatabase database) {
    Map<String, String> content = new TreeMap<>();
    try (ScanCursor cursor = database.scan(Scan.all())) {
      cursor.forEachRemaining(entry -> content.put(entry.key().toUtf8(), entry.value().toUtf8()));
    }
    return content;
  }

  /** Every file of the data directory with its content. */
  private SortedMap<String, Bytes> files() throws IOException {
    SortedMap<String, Bytes> files = new TreeMap<>();
    Path data = folder.resolve("data");
    try (Stream<Path> paths = Files.walk(data)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        files.put(data.relativize(path).toString(), Bytes.copyOf(Files.readAllBytes(path)));
      }
    }
    return files;
  }
}
