package io.warpengine.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.distribution.Distribution.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Data directories that the program must not use: each is refused with an exit code, a sentence and
 * a next step, also as JSON, and stays as it is.
 */
final class RefusalTest {

  private static final int FED = 10_000;

  @TempDir Path directory;

  private Distribution warp;
  private Path data;

  @BeforeEach
  void begin() {
    warp = new Distribution(directory);
    data = directory.resolve("data");
  }

  /** What lies in the data directory: names, and the text of each file, byte by byte. */
  private SortedMap<String, String> contents() throws IOException {
    SortedMap<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.toList()) {
        contents.put(
            data.relativize(file).toString(),
            Files.isDirectory(file) ? "/" : Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return contents;
  }

  /** Reading, writing and checking all fail alike, for people and for programs. */
  private void refuses(String code, String what, String where, String help) {
    for (String[] line : new String[][] {{"get", "k"}, {"put", "k", "other"}, {"verify"}}) {
      assertThat(warp.fails(1, line).err())
          .as(Arrays.toString(line))
          .startsWith("error[" + code + "]: ")
          .contains(what, where, "\n  help: " + help);
    }
    assertThat(warp.fails(1, "stats", "--json").err())
        .startsWith("{\"errors\":[{\"code\":\"" + code + "\",")
        .contains(what, where, "\"help\":\"" + help)
        .endsWith("}]}\n");
  }

  private void change(String file, UnaryOperator<byte[]> change) throws IOException {
    Path path = data.resolve(file);
    Files.write(path, change.apply(Files.readAllBytes(path)));
  }

  /** The manifest with other lines, and the checksum that belongs to them. */
  private void changeManifest(String from, String to) throws IOException {
    change(
        "universe.manifest",
        bytes -> {
          String text = new String(bytes, StandardCharsets.UTF_8);
          assertThat(text).contains(from);
          String body = text.substring(0, text.lastIndexOf("crc32c = ")).replace(from, to);
          CRC32C crc = new CRC32C();
          crc.update(body.getBytes(StandardCharsets.UTF_8));
          return (body + "crc32c = %08x\n".formatted(crc.getValue()))
              .getBytes(StandardCharsets.UTF_8);
        });
  }

  @Test
  void aManifestOfANewerFormatIsRefused() throws IOException {
    warp.done("put", "k", "v");
    changeManifest("format = 1\n[", "format = 2\n[");
    SortedMap<String, String> before = contents();
    refuses(
        "W4002", "has format [2]; this engine knows up to [1]", "universe.manifest]", "Open it");
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void aLogWhoseStateIsOfANewerFormatIsRefused() throws IOException {
    warp.done("put", "k", "v");
    changeManifest("\nformat-version = 1\n", "\nformat-version = 2\n");
    SortedMap<String, String> before = contents();
    refuses("W4002", "[2]", "log", "Open it");
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void aSegmentOfANewerFormatIsRefused() throws IOException {
    warp.done("put", "k", "v");
    change(
        "wal/cosmic-00-0000000001.wal",
        bytes -> {
          ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
          for (int copy : new int[] {0, 2048}) {
            header.putInt(copy + 8, 2);
            CRC32C crc = new CRC32C();
            crc.update(bytes, copy, 124);
            header.putInt(copy + 124, (int) crc.getValue());
          }
          return bytes;
        });
    SortedMap<String, String> before = contents();
    refuses("W4002", "has format version [2]", "cosmic-00-0000000001.wal]", "Open it");
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void aFileInPlaceOfTheDirectoryIsRefused() throws IOException {
    Files.writeString(data, "no directory");
    for (String[] line : new String[][] {{"get", "k"}, {"put", "k", "v", "--json"}}) {
      assertThat(warp.fails(1, line).err()).contains("W4001", data.toString());
    }
    assertThat(data).hasContent("no directory");
  }

  @Test
  void aDirectoryOfSomethingElseIsRefused() throws IOException {
    Files.writeString(Files.createDirectory(data).resolve("letter.txt"), "Dear all");
    SortedMap<String, String> before = contents();
    refuses("W4008", "letter.txt", data.toString(), "Name an empty directory");
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void whatMayNotBeReadIsRefusedAndSaysWhy() throws IOException {
    warp.done("put", "k", "v");
    SortedMap<String, String> before = contents();
    for (Path path :
        List.of(data, data.resolve("universe.manifest"), data.resolve("wal"), directory)) {
      Set<PosixFilePermission> usual = Files.getPosixFilePermissions(path);
      List<Outcome> outcomes = new ArrayList<>();
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("---------"));
      try {
        for (String command : List.of("get", "put", "verify")) {
          outcomes.add(subject(command));
        }
      } finally {
        Files.setPosixFilePermissions(path, usual);
      }
      for (Outcome outcome : outcomes) {
        assertThat(outcome.code()).as("[%s] %s", path, outcome).isEqualTo(1);
        assertThat(outcome.err())
            .as("[%s]", path)
            .startsWith("{\"errors\":[{\"code\":\"W400")
            .containsPattern("Permission denied|AccessDenied")
            .containsPattern("\"help\":\"[^\"]*(right|permission)");
      }
      if (path.endsWith("universe.manifest")) {
        assertThat(outcomes).allMatch(outcome -> outcome.err().contains("W4001"));
      }
      assertThat(contents()).isEqualTo(before);
    }
  }

  @Test
  void theDoctorSaysWhatMayNotBeWritten() throws IOException {
    Files.createDirectories(data);
    for (Path path : List.of(data, directory)) {
      Set<PosixFilePermission> usual = Files.getPosixFilePermissions(path);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r-xr-xr-x"));
      Outcome outcome;
      try {
        outcome = subject("doctor");
      } finally {
        Files.setPosixFilePermissions(path, usual);
      }
      assertThat(outcome.code()).as("[%s] %s", path, outcome).isEqualTo(1);
      assertThat(outcome.err()).contains("W4001", "[" + path + "] cannot be written");
      Files.deleteIfExists(data);
    }
  }

  /**
   * Runs a command for which rights count: the administrator's privilege to pass over them is taken
   * from it.
   */
  private Outcome subject(String command) throws IOException {
    String line =
        switch (command) {
          case "get" -> "get k";
          case "put" -> "put k other";
          default -> command;
        };
    Path elsewhere = Files.createTempDirectory("warp");
    try {
      return new Distribution(elsewhere)
          .with("WARP_DATA", data.toString())
          .command(
              List.of(
                  "sh",
                  "-c",
                  "[ \"$(id -u)\" != 0 ] ||"
                      + " set -- setpriv --bounding-set=-dac_override,-dac_read_search \"$@\";"
                      + " exec \"$@\" "
                      + line
                      + " --json",
                  "sh",
                  Distribution.program().toString()));
    } finally {
      Files.delete(elsewhere);
    }
  }

  @Test
  void aSecondProcessIsRefusedAndTheFirstGoesOn() throws Exception {
    Process first = warp.start("import", "-", "--batch", "100");
    // More than the pipe and the reader's buffer can hold: when this returns, the database is open.
    OutputStream pipe = first.getOutputStream();
    for (int i = 0; i < FED; i++) {
      pipe.write("{\"key\":\"key %06d\",\"value\":\"some value\"}\n".formatted(i).getBytes());
    }
    pipe.flush();
    refuses("W4003", "process [" + first.pid() + "]", data.toString(), "Close that database first");
    pipe.close();
    assertThat(first.waitFor()).isZero();
    assertThat(warp.done("scan", "--keys", "-q").out().lines()).hasSize(FED).doesNotContain("k");
  }
}
