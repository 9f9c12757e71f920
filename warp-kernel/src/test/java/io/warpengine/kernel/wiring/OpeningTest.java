package io.warpengine.kernel.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.warpengine.api.Bytes;
import io.warpengine.api.CoreError;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpException;
import io.warpengine.kernel.disk.RealDisk;
import io.warpengine.kernel.manifest.ManifestFile;
import io.warpengine.spi.store.PlacementPolicy;
import io.warpengine.spi.store.SlotTable;
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

/** Opening data: the directory and what the manifest says. */
final class OpeningTest {

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
    Files.writeString(folder.resolve("universe.lock"), "what a crash left");
    List<String> before = contents();
    try (WarpDatabase database = new Compose().directory(folder).readOnly().open()) {
      assertThat(database.readOnly()).isTrue();
      assertThat(contents()).isEqualTo(before);
      assertThat(refusal(new Compose().directory(folder)).code())
          .isEqualTo(CoreError.DIRECTORY_LOCKED);
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
  void aPlacementThatIsAskedForAndIsNotTheDatasIsRefused() {
    new Compose().directory(folder).open().close();
    Compose compose =
        new Compose()
            .directory(folder)
            .plugin("alpha", binder -> binder.placement("backwards", Backwards.class));
    WarpException refusal = refusal(compose.set("warp.placement", "backwards"));
    assertThat(refusal.code()).isEqualTo(CoreError.CONFIG_OUT_OF_RANGE);
    assertThat(refusal)
        .hasMessageContaining(
            "The key [warp.placement] is [backwards], and the data in ["
                + folder
                + "] was placed by [hash], which never changes.");
    compose.set("warp.placement", "hash").open().close();
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

  private static WarpException refusal(Compose compose) {
    return catchThrowableOfType(WarpException.class, () -> compose.open().close());
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
