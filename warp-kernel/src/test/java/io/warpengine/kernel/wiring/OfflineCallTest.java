package io.warpengine.kernel.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.warpengine.api.CoreError;
import io.warpengine.api.Tree;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpException;
import io.warpengine.kernel.manifest.ManifestFile;
import io.warpengine.spi.Operation;
import io.warpengine.spi.OperationCall;
import io.warpengine.spi.OperationHandler;
import io.warpengine.spi.disk.Disk;
import io.warpengine.spi.disk.DiskFile;
import io.warpengine.spi.store.Manifest;
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

/** Operations on a directory that nobody has open. */
final class OfflineCallTest {

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
  void anOfflineOperationSeesTheDirectoryAndCannotChangeIt() throws IOException {
    new Compose().directory(folder).open().close();
    Files.writeString(folder.resolve(ManifestFile.LOCK_NAME), "what a crash left");
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
  void aDirectoryThatCannotBeReachedIsNotCalledMissing() throws IOException {
    assertThat(offlineRefusal(offline().directory(folder.resolve("missing"))))
        .hasMessageContaining("does not exist");
    Path loop = folder.resolve("loop");
    Files.createSymbolicLink(loop, loop);
    WarpException refusal = offlineRefusal(offline().directory(loop.resolve("data")));
    assertThat(refusal.code()).isEqualTo(CoreError.DIRECTORY_UNUSABLE);
    assertThat(refusal)
        .hasMessageContaining("cannot be reached")
        .hasMessageNotContaining("does not exist");
  }

  @Test
  void aManifestThatCannotBeReadIsTheSameFaultOnlineAndOffline() throws IOException {
    new Compose().directory(folder).open().close();
    Files.delete(folder.resolve(ManifestFile.NAME));
    Files.createDirectory(folder.resolve(ManifestFile.NAME));
    WarpException online =
        catchThrowableOfType(
            WarpException.class, () -> offline().directory(folder).readOnly().open().close());
    WarpException offline = offlineRefusal(offline().directory(folder));
    assertThat(offline.code()).isEqualTo(online.code()).isEqualTo(CoreError.DIRECTORY_UNUSABLE);
    assertThat(offline).hasMessage(online.getMessage());
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
