package io.warpengine.kernel.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warpengine.api.CoreError;
import io.warpengine.api.WarpException;
import io.warpengine.spi.disk.Disk;
import io.warpengine.spi.disk.DiskFile;
import io.warpengine.testkit.Seeds;
import io.warpengine.testkit.SimDisk;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class ManifestFileTest {

  private static final UUID ID = UUID.fromString("6f1b6f3c-5d0e-4a53-9a7e-0123456789ab");
  private static final String VALUE = "x = 1; [no section]  und Größe \u2713 ";

  private static final List<String> BOTH = List.of("old", "new");

  private static ManifestHeader header() {
    return new ManifestHeader(
        ManifestHeader.CURRENT_FORMAT,
        "0.1.0",
        ID,
        -42,
        24,
        new TreeMap<>(Map.of("heap", "heap@1", "wal", "wal@1")));
  }

  private static SortedMap<String, String> values(String... keysAndValues) {
    SortedMap<String, String> values = new TreeMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return values;
  }

  private static byte[] content(Disk disk, String name) {
    try (DiskFile file = disk.open(name, Disk.Access.READ)) {
      byte[] bytes = new byte[(int) file.size()];
      file.read(0, bytes, 0, bytes.length);
      return bytes;
    }
  }

  private static void replace(Disk disk, String name, byte[] bytes) {
    disk.delete(name);
    try (DiskFile file = disk.open(name, Disk.Access.CREATE)) {
      file.write(0, bytes, 0, bytes.length);
    }
  }

  private static CoreError codeOf(Runnable call) {
    try {
      call.run();
    } catch (WarpException e) {
      return (CoreError) e.code();
    }
    throw new AssertionError("Nothing was thrown.");
  }

  private static Disk filled() {
    Disk disk = new SimDisk();
    ManifestFile manifest = ManifestFile.create(disk, header());
    manifest.commit("wal", values("checkpoint", "17", "text", VALUE));
    manifest.commit("placement", values("slots", "0123"));
    return disk;
  }

  @Test
  void whatIsCommittedIsReadAgain() {
    ManifestFile read = ManifestFile.read(filled()).orElseThrow();
    assertThat(read.header()).isEqualTo(header());
    assertThat(read.databaseId()).isEqualTo(ID);
    assertThat(read.section("wal")).isEqualTo(values("checkpoint", "17", "text", VALUE));
    assertThat(read.section("placement")).isEqualTo(values("slots", "0123"));
    assertThat(read.section("none")).isEmpty();
  }

  @Test
  void textIsSortedLinesBetweenFormatAndChecksum() {
    assertThat(content(filled(), ManifestFile.NAME))
        .asString(StandardCharsets.UTF_8)
        .matches(
            java.util.regex.Pattern.compile(
                """
                format = 1
                \\[owners]
                heap = heap@1
                wal = wal@1
                \\[placement]
                slots = 0123
                \\[universe]
                engine-version = 0\\.1\\.0
                hash-seed = -42
                id = %s
                shards = 24
                \\[wal]
                checkpoint = 17
                text = .*
                crc32c = [0-9a-f]{8}
                """
                    .formatted(ID)));
  }

  @Test
  void ownersAreReplacedAndSectionsStay() {
    Disk disk = filled();
    ManifestFile manifest = ManifestFile.read(disk).orElseThrow();
    manifest.commitOwners(values("heap", "heap@2"));
    ManifestFile read = ManifestFile.read(disk).orElseThrow();
    assertThat(read.header().owners()).isEqualTo(values("heap", "heap@2"));
    assertThat(read.section("wal")).containsKey("checkpoint");
    assertThat(read.header()).isEqualTo(manifest.header());
  }

  @Test
  void everyFlippedBitIsDetected() {
    Disk disk = filled();
    byte[] good = content(disk, ManifestFile.NAME);
    for (int bit = 0; bit < good.length * 8; bit++) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(codeOf(() -> ManifestText.read("m", bad, 1)))
          .as("bit [%d]", bit)
          .isEqualTo(CoreError.MANIFEST_DAMAGED);
    }
  }

  @Test
  void everyTruncationIsDetected() {
    Disk disk = filled();
    byte[] good = content(disk, ManifestFile.NAME);
    for (int size = 0; size < good.length; size++) {
      replace(disk, ManifestFile.NAME, Arrays.copyOf(good, size));
      assertThat(codeOf(() -> ManifestFile.read(disk)))
          .as("size [%d]", size)
          .isEqualTo(CoreError.MANIFEST_DAMAGED);
    }
    replace(disk, ManifestFile.NAME, good);
    assertThat(ManifestFile.read(disk)).isPresent();
  }

  @Test
  void damageNamesFileLineAndNextStep() {
    Disk disk = filled();
    byte[] bad = content(disk, ManifestFile.NAME);
    int at = new String(bad, StandardCharsets.ISO_8859_1).indexOf("heap = ");
    bad[at] = (byte) 'H';
    replace(disk, ManifestFile.NAME, bad);
    assertThatThrownBy(() -> ManifestFile.read(disk))
        .hasMessageContaining("universe.manifest")
        .hasMessageContaining("line [3] at offset [" + at + "]")
        .hasMessageContaining("backup");
  }

  @Test
  void wellSignedNonsenseIsDamage() {
    for (String body :
        List.of(
            "",
            "format = x\n",
            "format = 1\nkey = value\n",
            "format = 1\n[universe]\nnothing\n",
            "format = 1\n[universe]\n",
            "format = 1\n[owners]\n[universe]\nid = 1\n",
            universe("0"),
            universe("-24"),
            universe("4097"),
            universe("24x"))) {
      Disk disk = new SimDisk();
      replace(disk, ManifestFile.NAME, signed(body.getBytes(StandardCharsets.UTF_8)));
      assertThat(codeOf(() -> ManifestFile.read(disk)))
          .as(body)
          .isEqualTo(CoreError.MANIFEST_DAMAGED);
    }
    byte[] notText = signed(new byte[] {(byte) 0xff, '\n'});
    assertThatThrownBy(() -> ManifestText.read("m", notText, 1)).hasMessageContaining("UTF-8");
  }

  @Test
  void largestNumberOfShardsIsRead() {
    Disk disk = new SimDisk();
    replace(disk, ManifestFile.NAME, signed(universe("4096").getBytes(StandardCharsets.UTF_8)));
    assertThat(ManifestFile.read(disk).orElseThrow().header().shards()).isEqualTo(4_096);
  }

  private static String universe(String shards) {
    return "format = 1\n[owners]\n[universe]\nhash-seed = 1\nid = "
        + ID
        + "\nshards = "
        + shards
        + "\n";
  }

  private static byte[] signed(byte[] body) {
    java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
    crc.update(body);
    byte[] check =
        String.format("crc32c = %08x\n", crc.getValue()).getBytes(StandardCharsets.US_ASCII);
    byte[] all = Arrays.copyOf(body, body.length + check.length);
    System.arraycopy(check, 0, all, body.length, check.length);
    return all;
  }

  @Test
  void newerFormatIsRefusedAndNamed() {
    Disk disk = new SimDisk();
    replace(
        disk,
        ManifestFile.NAME,
        signed("format = 7\nwhatever the future says\n".getBytes(StandardCharsets.UTF_8)));
    assertThat(codeOf(() -> ManifestFile.read(disk))).isEqualTo(CoreError.FORMAT_TOO_NEW);
    assertThatThrownBy(() -> ManifestFile.read(disk))
        .hasMessageContaining("[7]")
        .hasMessageContaining("[1]");
  }

  @Test
  void leftoverOfAnInterruptedCommitIsIgnored() {
    Disk disk = filled();
    replace(disk, ManifestFile.NAME + ".new", new byte[] {1, 2, 3});
    ManifestFile manifest = ManifestFile.read(disk).orElseThrow();
    manifest.commit("wal", values("checkpoint", "18"));
    assertThat(ManifestFile.read(disk).orElseThrow().section("wal"))
        .isEqualTo(values("checkpoint", "18"));
    assertThat(disk.exists(ManifestFile.NAME + ".new")).isFalse();
  }

  @Test
  void directoryWithoutManifestIsFreeOrForeign() {
    Disk disk = new SimDisk();
    assertThat(ManifestFile.read(disk)).isEmpty();
    disk.lock(ManifestFile.LOCK_NAME).close();
    disk.createDirectories("configuration");
    replace(disk, ManifestFile.NAME + ".new", new byte[3]);
    assertThat(ManifestFile.read(disk)).isEmpty();
    replace(disk, "holiday.jpg", new byte[3]);
    assertThat(codeOf(() -> ManifestFile.read(disk))).isEqualTo(CoreError.DIRECTORY_FOREIGN);
    assertThatThrownBy(() -> ManifestFile.create(disk, header()))
        .hasMessageContaining("holiday.jpg")
        .hasMessageContaining(disk.location());
    assertThat(disk.exists(ManifestFile.README_NAME)).isFalse();
  }

  @Test
  void creationExplainsTheDirectoryOnce() {
    Disk disk = new SimDisk();
    replace(disk, ManifestFile.README_NAME, new byte[] {'m', 'i', 'n', 'e'});
    ManifestFile.create(disk, header());
    assertThat(content(disk, ManifestFile.README_NAME)).asString().isEqualTo("mine");
    assertThat(content(filled(), ManifestFile.README_NAME))
        .asString(StandardCharsets.UTF_8)
        .contains("universe.manifest", "universe.lock", "wal/");
    ManifestFile.refuseForeign(disk);
    assertThat(codeOf(() -> ManifestFile.create(disk, header())))
        .isEqualTo(CoreError.INTERNAL_ERROR);
  }

  @Test
  void namesAndValuesThatCannotBeWrittenAreRefused() {
    Disk disk = filled();
    ManifestFile manifest = ManifestFile.read(disk).orElseThrow();
    byte[] before = content(disk, ManifestFile.NAME);
    for (Runnable call :
        List.<Runnable>of(
            () -> manifest.commit("universe", values()),
            () -> manifest.commit("owners", values()),
            () -> manifest.commit("Wal", values()),
            () -> manifest.commit("", values()),
            () -> manifest.commit("wal", values("A", "1")),
            () -> manifest.commit("wal", values("a = b", "1")),
            () -> manifest.commit("wal", values("a", "1\n2")),
            () -> manifest.commit("wal", values("a", "1\r")),
            () -> manifest.commit("wal", values("a", "\ud800")),
            () -> manifest.commitOwners(values("a", "\n")))) {
      assertThat(codeOf(call)).isEqualTo(CoreError.INTERNAL_ERROR);
    }
    assertThat(content(disk, ManifestFile.NAME)).isEqualTo(before);
    assertThat(manifest.section("wal")).doesNotContainKey("a");
  }

  @Test
  void manifestInMemoryKeepsSectionsAndHeader() {
    ManifestFile manifest = ManifestFile.inMemory(header());
    manifest.commit("wal", values("a", "1"));
    manifest.commitOwners(values());
    assertThat(manifest.section("wal")).isEqualTo(values("a", "1"));
    assertThat(manifest.header().owners()).isEmpty();
    assertThatThrownBy(() -> manifest.section("wal").put("b", "2"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void powerCutAnywhereLeavesTheOldOrTheNewManifest() {
    Seeds.forEach(
        20,
        seed -> {
          for (int cut = 1; cut <= 6; cut++) {
            SimDisk disk = new SimDisk();
            ManifestFile manifest = ManifestFile.create(disk, header());
            manifest.commit("wal", values("a", "old"));
            disk.cutAt(cut);
            boolean acknowledged = false;
            try {
              manifest.commit("wal", values("a", "new"));
              acknowledged = true;
            } catch (SimDisk.PowerCut e) {
              assertThat(disk.isCut()).isTrue();
            }
            SimDisk after = disk.crash(SimDisk.Crash.RANDOM, seed);
            String found = ManifestFile.read(after).orElseThrow().section("wal").get("a");
            assertThat(found).as("cut [%d]", cut).isIn(acknowledged ? List.of("new") : BOTH);
          }
        });
  }

  @Test
  void powerCutDuringCreationLeavesNothingOrTheManifest() {
    Seeds.forEach(
        20,
        seed -> {
          for (int cut = 1; cut <= 8; cut++) {
            SimDisk disk = new SimDisk().cutAt(cut);
            boolean acknowledged = false;
            try {
              ManifestFile.create(disk, header());
              acknowledged = true;
            } catch (SimDisk.PowerCut e) {
              assertThat(disk.isCut()).isTrue();
            }
            SimDisk after = disk.crash(SimDisk.Crash.RANDOM, seed);
            boolean there = ManifestFile.read(after).isPresent();
            assertThat(there || !acknowledged).as("cut [%d]", cut).isTrue();
            if (!there) {
              ManifestFile.create(after, header());
            }
          }
        });
  }

  @Test
  void failedCommitChangesNothingInMemoryAndTheNextOneSucceeds() {
    for (SimDisk.Call call : List.of(SimDisk.Call.WRITE, SimDisk.Call.FORCE, SimDisk.Call.RENAME)) {
      SimDisk disk = new SimDisk();
      ManifestFile manifest = ManifestFile.create(disk, header());
      manifest.commit("wal", values("a", "old"));
      disk.fail(call, 1);
      assertThat(codeOf(() -> manifest.commit("wal", values("a", "new"))))
          .isEqualTo(CoreError.DISK_FAILED);
      assertThat(manifest.section("wal")).isEqualTo(values("a", "old"));
      assertThat(ManifestFile.read(disk).orElseThrow().section("wal"))
          .isEqualTo(values("a", "old"));
      manifest.commit("wal", values("a", "newer"));
      assertThat(ManifestFile.read(disk).orElseThrow().section("wal"))
          .isEqualTo(values("a", "newer"));
    }
  }
}
