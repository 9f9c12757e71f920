package io.warpengine.kernel.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.WarpException;
import io.warpengine.testkit.Mutations;
import io.warpengine.testkit.SimDisk;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Manifests that are almost right, with their checksum or with a new one. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ManifestDecoderTest {

  private static byte[] manifest() {
    SimDisk disk = new SimDisk();
    TreeMap<String, String> owners = new TreeMap<>();
    owners.put("journal", "wal@1");
    owners.put("storage", "heap@1");
    ManifestFile manifest =
        ManifestFile.create(disk, new ManifestHeader(1, "0.1.0", new UUID(3, 4), -77, 24, owners));
    TreeMap<String, String> section = new TreeMap<>();
    section.put("clean-lsn", "4096");
    section.put("incarnation", "3");
    manifest.commit("wal", section);
    return disk.content(ManifestFile.NAME);
  }

  private static Optional<ManifestFile> read(byte[] bytes) {
    return ManifestFile.read(new SimDisk().plant(ManifestFile.NAME, bytes));
  }

  @Test
  void aManifestIsTheOneThatWasWrittenOrIsRefused() {
    byte[] manifest = manifest();
    Mutations.check(
        List.of(manifest),
        20_000,
        bytes -> {
          assertThat(read(bytes)).isPresent();
          assertThat(bytes).isEqualTo(manifest);
        });
  }

  @Test
  void aManifestThatWasWrittenWrongIsReadOrRefused() {
    byte[] manifest = manifest();
    byte[] body = Arrays.copyOf(manifest, manifest.length - 18);
    Mutations.check(
        List.of(body),
        20_000,
        bytes -> {
          try {
            assertThat(read(checked(bytes)).orElseThrow().header().id()).isNotNull();
          } catch (WarpException refusal) {
            assertThat(refusal).hasMessageContaining(ManifestFile.NAME);
            throw refusal;
          }
        });
  }

  private static byte[] checked(byte[] body) {
    CRC32C crc = new CRC32C();
    crc.update(body, 0, body.length);
    String line = "crc32c = " + HexFormat.of().toHexDigits((int) crc.getValue()) + "\n";
    byte[] last = line.getBytes(StandardCharsets.US_ASCII);
    byte[] whole = Arrays.copyOf(body, body.length + last.length);
    System.arraycopy(last, 0, whole, body.length, last.length);
    return whole;
  }
}
