package io.warpengine.kernel.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.warpengine.api.Bytes;
import io.warpengine.api.CoreError;
import io.warpengine.api.MissingPlugins;
import io.warpengine.api.Position;
import io.warpengine.api.Problem;
import io.warpengine.api.Tree;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpException;
import io.warpengine.kernel.disk.RealDisk;
import io.warpengine.kernel.manifest.ManifestFile;
import io.warpengine.kernel.store.HeapStorage;
import io.warpengine.spi.Operation;
import io.warpengine.spi.OperationCall;
import io.warpengine.spi.OperationHandler;
import io.warpengine.spi.disk.Disk;
import io.warpengine.spi.disk.DiskFile;
import io.warpengine.spi.store.CheckpointSink;
import io.warpengine.spi.store.CheckpointSource;
import io.warpengine.spi.store.Checkpointable;
import io.warpengine.spi.store.Manifest;
import io.warpengine.spi.store.PlacementPolicy;
import io.warpengine.spi.store.ShardStore;
import io.warpengine.spi.store.SlotTable;
import io.warpengine.spi.store.Storage;
import io.warpengine.testkit.MemoryCheckpoint;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opening data: the directory, what the manifest says, and who owns what. */
final class OpeningTest {

  static class Links implements Checkpointable {
    @Inject
    Links() {}

    @Override
    public String owner() {
      return "links";
    }

    @Override
    public int formatVersion() {
      return 1;
    }

    @Override
    public void write(Position position, CheckpointSink sink) {}

    @Override
    public void restore(int formatVersion, CheckpointSource source) {}
  }

  static final class NewerLinks extends Links {
    @Inject
    NewerLinks() {}

    @Override
    public int formatVersion() {
      return 2;
    }
  }

  static final class Tiered implements Storage {
    private final HeapStorage heap = new HeapStorage();

    @Inject
    Tiered() {}

    @Override
    public ShardStore newShard(int shard) {
      return heap.newShard(shard);
    }

    @Override
    public int formatVersion() {
      return 1;
    }
  }

  static final class Backwards implements PlacementPolicy {
    @Inject
    Backwards() {}

    @Override
    public SlotTable place(int shards) {
      short[] owners = new short[SlotTable.SLOTS];
      Arrays.fill(owners, (short) (shards - 1));
      return new SlotTable(owners, shards);
    }
  }

  static final class Meddler implements OperationHandler {
    private final Disk disk;
    private final Manifest manifest;

    @Inject
    Meddler(Disk disk, Manifest manifest) {
      this.disk = disk;
      this.manifest = manifest;
    }

    @Override
    public Tree run(OperationCall call) {
      List<Tree> refused = new ArrayList<>();
      List<Runnable> attempts =
          List.of(
              () -> disk.open("x", Disk.Access.CREATE).close(),
              () -> disk.open(ManifestFile.NAME, Disk.Access.WRITE).close(),
              () -> disk.createDirectories("x"),
              () -> disk.rename(ManifestFile.NAME, "x"),
              () -> disk.delete(ManifestFile.NAME),
              () -> disk.forceDirectory(""),
              () -> disk.lock("x").close(),
              () -> manifest.commit("x", new TreeMap<>()));
      for (Runnable attempt : attempts) {
        try {
          attempt.run();
        } catch (WarpException e) {
          refused.add(Tree.of(e.code().name()));
        }
      }
      try (DiskFile file = disk.open(ManifestFile.NAME, Disk.Access.READ)) {
        call.row(
            Tree.map()
                .with("size", file.size() - disk.size(ManifestFile.NAME))
                .with("exists", Tree.of(disk.exists(ManifestFile.NAME)))
                .with("names", disk.list("").size())
                .with("sections", manifest.section("placement").size())
                .with("room", Tree.of(disk.usableBytes() > 0))
                .with("same", Tree.of(manifest.databaseId().equals(manifest.databaseId())))
                .with("place", disk.location()));
      }
      return Tree.list(refused);
    }
  }

  @TempDir Path folder;

  @Test
  void aNewDirectoryIsMadeWithAllThatIsAboveIt() {
    Path directory = folder.resolve("a/b/c");
    new Compose().directory(directory).open().close();
    assertThat(names(directory)).contains("universe.manifest", "universe.lock", "README.txt");
  }

  @Test
  void aDirectoryWithForeignFilesIsRefusedAndLeftAlone() throws IOException {
    Files.writeString(folder.resolve("thesis.txt"), "Do not lose me.");
    assertThat(refusal(new Compose().directory(folder)).code())
        .isEqualTo(CoreError.DIRECTORY_FOREIGN);
    assertThat(names(folder)).containsExactly("thesis.txt");
  }

  @Test
  void aFileIsNoDirectory() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    WarpException refusal = refusal(new Compose().directory(file));
    assertThat(refusal.code()).isEqualTo(CoreError.DIRECTORY_UNUSABLE);
    WarpException below = refusal(new Compose().directory(file.resolve("below")));
    assertThat(below.code()).isEqualTo(CoreError.DIRECTORY_UNUSABLE);
  }

  @Test
  void aSecondOpeningIsRefusedUntilTheFirstIsClosed() {
    try (WarpDatabase database = new Compose().directory(folder).open()) {
      assertThat(database.readOnly()).isFalse();
      assertThat(refusal(new Compose().directory(folder)).code())
          .isEqualTo(CoreError.DIRECTORY_LOCKED);
      assertThat(refusal(new Compose().directory(folder).readOnly()).code())
          .isEqualTo(CoreError.DIRECTORY_LOCKED);
    }
    new Compose().directory(folder).open().close();
  }

  @Test
  void theNumberOfShardsNeverChanges() {
    new Compose().directory(folder).set("warp.shards", "5").open().close();
    try (WarpDatabase database = new Compose().directory(folder).open()) {
      assertThat(database.stats().shards()).hasSize(5);
    }
    WarpException refusal = refusal(new Compose().directory(folder).set("warp.shards", "6"));
    assertThat(refusal.code()).isEqualTo(CoreError.CONFIG_OUT_OF_RANGE);
    assertThat(refusal)
        .hasMessageContaining(
            "The key [warp.shards] is [6], and the data in ["
                + folder
                + "] was made with [5] shards, which never changes.");
    new Compose().directory(folder).set("warp.shards", "5").open().close();
  }

  @Test
  void readOnlyOpensAnExistingDatabaseAndChangesNothing() throws IOException {
    new Compose().directory(folder).open().close();
    List<String> before = contents();
    try (WarpDatabase database = new Compose().directory(folder).readOnly().open()) {
      assertThat(database.readOnly()).isTrue();
      assertThatThrownBy(() -> database.put(Bytes.utf8("a"), Bytes.utf8("b")))
          .isInstanceOf(WarpException.class)
          .hasMessageContaining("opened read-only");
    }
    assertThat(contents()).isEqualTo(before);
    Files.delete(folder.resolve("universe.lock"));
    before = contents();
    new Compose().directory(folder).readOnly().open().close();
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void readOnlyMakesNoDatabase() {
    Path missing = folder.resolve("missing");
    assertThat(refusal(new Compose().directory(missing).readOnly()).code())
        .isEqualTo(CoreError.DIRECTORY_UNUSABLE);
    assertThat(missing).doesNotExist();
  }

  @Test
  void ownersAreRecordedAndAJarMayBeAdded() {
    new Compose().directory(folder).open().close();
    assertThat(owners()).hasToString("{storage=heap@1}");
    full().open().close();
    assertThat(owners())
        .hasToString("{checkpoint.links=gamma@1, journal=alpha@1, storage=beta/tiered@1}");
    full().open().close();
  }

  @Test
  void aMissingOwnerIsRefusedByNameForEachOfItsParts() {
    full().open().close();
    WarpException refusal = refusal(new Compose().directory(folder));
    assertThat(refusal.code()).isEqualTo(CoreError.OWNER_MISSING);
    assertThat(refusal.problems())
        .extracting(Problem::what)
        .containsExactly(
            "The checkpoint.links of this data belongs to the plugin [gamma], which is not there.",
            "The journal of this data belongs to the plugin [alpha], which is not there.",
            "The storage of this data belongs to the plugin [beta], which is not there.");
    assertThat(refusal.problems().getFirst().help()).startsWith("Add the jar [plugin-gamma], or");
    assertThat(owners()).hasSize(3);
    full().open().close();
  }

  @Test
  void aMissingOwnerMayBePassedOverReadOnly() {
    full().open().close();
    try (WarpDatabase database =
        new Compose().directory(folder).missing(MissingPlugins.READ_ONLY).open()) {
      assertThat(database.readOnly()).isTrue();
      assertThatThrownBy(() -> database.put(Bytes.utf8("a"), Bytes.utf8("b")))
          .isInstanceOf(WarpException.class)
          .hasMessageContaining("which is not there");
    }
    assertThat(owners()).hasSize(3);
  }

  @Test
  void aMissingOwnerMayBeIgnoredAndIsNotForgotten() {
    full().open().close();
    try (WarpDatabase database =
        new Compose().directory(folder).missing(MissingPlugins.IGNORE).open()) {
      database.put(Bytes.utf8("a"), Bytes.utf8("b"));
      assertThat(database.readOnly()).isFalse();
    }
    assertThat(owners())
        .hasToString("{checkpoint.links=gamma@1, journal=alpha@1, storage=beta/tiered@1}");
  }

  @Test
  void thePartOfAnIgnoredOwnerIsCarriedIntoLaterCheckpoints() {
    full().open().close();
    FakeJournal.EVENTS.clear();
    Compose withoutGamma =
        new Compose()
            .directory(folder)
            .missing(MissingPlugins.IGNORE)
            .plugin("alpha", binder -> binder.journal("alpha", FakeJournal.class))
            .plugin("beta", binder -> binder.storage("tiered", Tiered.class));
    withoutGamma.open().close();
    assertThat(FakeJournal.EVENTS).contains("recover journal [shards, links]");
    FakeJournal.EVENTS.clear();
    withoutGamma.missing(MissingPlugins.READ_ONLY).open().close();
    assertThat(FakeJournal.EVENTS).contains("recover journal [shards]");
  }

  @Test
  void anAbsentOwnerWritesWhatItWasGivenByteForByte() {
    byte[] large = new byte[200_000];
    new java.util.Random(7).nextBytes(large);
    Map<String, byte[]> files =
        Map.of("empty", new byte[0], "chunk", Arrays.copyOf(large, 1 << 16), "large", large);
    AbsentOwner owner = new AbsentOwner("links", 5);
    assertThat(owner.owner()).isEqualTo("links");
    assertThat(owner.formatVersion()).isEqualTo(5);
    owner.restore(3, MemoryCheckpoint.part(files, ""));
    assertThat(owner.formatVersion()).isEqualTo(3);
    MemoryCheckpoint written = MemoryCheckpoint.of(owner, Position.START);
    assertThat(written.files()).containsExactly("chunk", "empty", "large");
    files.forEach((name, content) -> assertThat(written.content(name)).isEqualTo(content));
  }

  @Test
  void aChosenPortThatIsNotTheDatasIsRefusedWithTheKeyToSet() {
    full().open().close();
    WarpException refusal = refusal(full().set("warp.journal", "none"));
    assertThat(refusal.code()).isEqualTo(CoreError.OWNER_MISSING);
    assertThat(refusal.problems())
        .extracting(Problem::what, Problem::help)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "The journal of this data is [alpha], and [none] was chosen.",
                "Set [warp.journal] to [alpha]."));
  }

  @Test
  void anotherJournalNeverTakesThePlaceOfTheOneThatHasTheData() {
    full().open().close();
    WarpException refusal =
        refusal(
            new Compose()
                .directory(folder)
                .missing(MissingPlugins.IGNORE)
                .plugin("delta", binder -> binder.journal("delta", FakeJournal.class)));
    assertThat(refusal.code()).isEqualTo(CoreError.OWNER_MISSING);
    assertThat(refusal).hasMessageContaining("belongs to [alpha]; [delta] cannot take its place.");
  }

  @Test
  void aFormatNewerThanThePluginKnowsIsRefused() {
    new Compose()
        .directory(folder)
        .plugin(
            "alpha",
            binder -> {
              binder.journal("alpha", FakeJournal.Newer.class);
              binder.checkpointable(NewerLinks.class);
            })
        .open()
        .close();
    WarpException journal =
        refusal(
            new Compose()
                .directory(folder)
                .plugin(
                    "alpha",
                    binder -> {
                      binder.journal("alpha", FakeJournal.class);
                      binder.checkpointable(NewerLinks.class);
                    }));
    assertThat(journal.code()).isEqualTo(CoreError.FORMAT_TOO_NEW);
    assertThat(journal)
        .hasMessageContaining(
            "The journal in ["
                + folder
                + "] has format [2]; this release of [alpha] knows formats up to [1].");
    WarpException links =
        refusal(
            new Compose()
                .directory(folder)
                .plugin(
                    "alpha",
                    binder -> {
                      binder.journal("alpha", FakeJournal.Newer.class);
                      binder.checkpointable(Links.class);
                    }));
    assertThat(links).hasMessageContaining("The checkpoint.links in");
  }

  @Test
  void twoPluginsCannotOwnTheSamePartOfCheckpoints() {
    WarpException refusal =
        refusal(
            new Compose()
                .directory(folder)
                .plugin("alpha", binder -> binder.checkpointable(Links.class))
                .plugin("beta", binder -> binder.checkpointable(NewerLinks.class)));
    assertThat(refusal.code()).isEqualTo(CoreError.PLUGIN_DUPLICATE);
  }

  @Test
  void aPlacementIsKeptWhoeverPlacesLater() {
    Path placed = folder.resolve("placed");
    new Compose()
        .directory(placed)
        .set("warp.shards", "3")
        .plugin("alpha", binder -> binder.placement("backwards", Backwards.class))
        .open()
        .close();
    try (WarpDatabase database = new Compose().directory(placed).open()) {
      database.put(Bytes.utf8("a"), Bytes.utf8("b"));
      database.put(Bytes.utf8("c"), Bytes.utf8("d"));
      assertThat(database.stats().shards().get(2).keys()).isEqualTo(2);
    }
    Path plain = folder.resolve("plain");
    new Compose().directory(plain).set("warp.shards", "3").open().close();
    Map<String, String> before = manifest(plain).section("placement");
    new Compose()
        .directory(plain)
        .plugin("alpha", binder -> binder.placement("backwards", Backwards.class))
        .open()
        .close();
    assertThat(manifest(plain).section("placement")).isEqualTo(before);
  }

  @Test
  void aPlacementThatDoesNotFitItsShardsIsDamage() {
    new Compose().directory(folder).set("warp.shards", "3").open().close();
    TreeMap<String, String> broken = new TreeMap<>(Map.of("policy", "other", "owners", "AAAA"));
    manifest(folder).commit("placement", broken);
    assertThat(refusal(new Compose().directory(folder)).code())
        .isEqualTo(CoreError.MANIFEST_DAMAGED);
    new Compose().directory(folder.resolve("free")).open().close();
  }

  @Test
  void anOfflineOperationSeesTheDirectoryAndCannotChangeIt() throws IOException {
    new Compose().directory(folder).open().close();
    List<String> before = contents();
    List<Tree> rows = new ArrayList<>();
    Tree result =
        offline().directory(folder).plan().callOffline("alpha meddle", Map.of(), rows::add);
    assertThat(result.value()).isEqualTo(java.util.Collections.nCopies(8, "READ_ONLY"));
    assertThat(rows)
        .containsExactly(
            Tree.map()
                .with("size", 0)
                .with("exists", Tree.of(true))
                .with("names", 3)
                .with("sections", 1)
                .with("room", Tree.of(true))
                .with("same", Tree.of(true))
                .with("place", folder.toString()));
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void anOfflineOperationNeedsADirectoryThatNobodyHasOpen() {
    assertThat(offlineRefusal(offline()).code()).isEqualTo(CoreError.DIRECTORY_UNUSABLE);
    assertThat(offlineRefusal(offline().directory(folder.resolve("missing"))).code())
        .isEqualTo(CoreError.DIRECTORY_UNUSABLE);
    assertThat(offlineRefusal(offline().directory(folder)).code())
        .isEqualTo(CoreError.DIRECTORY_FOREIGN);
    try (WarpDatabase database = new Compose().directory(folder).open()) {
      assertThat(database.operations()).isEmpty();
      assertThat(offlineRefusal(offline().directory(folder)).code())
          .isEqualTo(CoreError.DIRECTORY_LOCKED);
    }
  }

  @Test
  void anUnknownOfflineOperationIsRefused() {
    WarpException refusal =
        catchThrowableOfType(
            WarpException.class,
            () ->
                offline().directory(folder).plan().callOffline("alpha medle", Map.of(), row -> {}));
    assertThat(refusal.code()).isEqualTo(CoreError.OPERATION_UNKNOWN);
    assertThat(refusal).hasMessageContaining("Did you mean [alpha meddle]?");
    WarpException broken =
        catchThrowableOfType(
            WarpException.class,
            () ->
                offline()
                    .set("warp.x", "1")
                    .plan()
                    .callOffline("alpha meddle", Map.of(), row -> {}));
    assertThat(broken.code()).isEqualTo(CoreError.CONFIG_UNKNOWN_KEY);
  }

  @Test
  void anOfflineOperationIsNotThereOnAnOpenDatabase() {
    try (WarpDatabase database = offline().open()) {
      assertThat(database.operations()).isEmpty();
    }
  }

  private static Compose offline() {
    return new Compose()
        .plugin(
            "alpha",
            binder ->
                binder.operation(
                    new Operation("alpha meddle", "Meddles.", List.of(), Operation.Mode.OFFLINE),
                    Meddler.class));
  }

  private static WarpException offlineRefusal(Compose compose) {
    return catchThrowableOfType(
        WarpException.class, () -> compose.plan().callOffline("alpha meddle", Map.of(), row -> {}));
  }

  private Compose full() {
    return new Compose()
        .directory(folder)
        .plugin("alpha", binder -> binder.journal("alpha", FakeJournal.class))
        .plugin("beta", binder -> binder.storage("tiered", Tiered.class))
        .plugin("gamma", binder -> binder.checkpointable(Links.class));
  }

  private static WarpException refusal(Compose compose) {
    return catchThrowableOfType(WarpException.class, () -> compose.open().close());
  }

  private Map<String, String> owners() {
    return manifest(folder).header().owners();
  }

  private static ManifestFile manifest(Path directory) {
    return ManifestFile.read(RealDisk.at(directory)).orElseThrow();
  }

  private static List<String> names(Path directory) {
    return RealDisk.at(directory).list("");
  }

  private List<String> contents() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<String> contents = new ArrayList<>();
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        contents.add(file + " " + Arrays.toString(Files.readAllBytes(file)));
      }
      return contents;
    }
  }
}
