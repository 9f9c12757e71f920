package io.warpengine.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/**
 * What makes archives the same bytes for the same sources: nothing in them tells when, in which
 * order the file system listed, or by whom they were made.
 */
final class ArchiveTest {

  private static final Instant TIME = Instant.parse(System.getProperty("warp.timestamp"));
  private static final int BLOCK = 512;

  /** A header of a tar archive. */
  private record Member(
      String name, char type, int mode, int user, int group, String names, long seconds) {}

  @Test
  void theTarballTellsNothingOfTheMachine() throws IOException {
    List<Member> members = members(Path.of(System.getProperty("warp.tarball")));
    assertThat(members).hasSizeGreaterThan(20);
    for (Member member : members) {
      assertThat(member.seconds()).as(member.name()).isEqualTo(TIME.getEpochSecond());
      assertThat(member.user()).as(member.name()).isZero();
      assertThat(member.group()).as(member.name()).isZero();
      assertThat(member.names()).as(member.name()).isEqualTo("root root");
      boolean program = member.type() == '5' || member.name().contains("/bin/");
      assertThat(member.mode() & 0777).as(member.name()).isEqualTo(program ? 0755 : 0644);
    }
    // The program comes last, since it has rights of its own; directories come first.
    assertThat(members.stream().filter(member -> !member.name().contains("/bin/")))
        .isSortedAccordingTo(
            Comparator.comparing(Member::type).reversed().thenComparing(Member::name));
  }

  @Test
  void ourJarsTellNothingOfTheMachine() throws IOException {
    List<Path> jars;
    try (Stream<Path> files = Files.walk(Distribution.home())) {
      jars =
          files
              .filter(file -> file.getFileName().toString().matches("(warp|plugin)-.*\\.jar"))
              .toList();
    }
    assertThat(jars).hasSizeGreaterThanOrEqualTo(5);
    for (Path jar : jars) {
      List<ZipEntry> entries = entries(jar);
      assertThat(entries)
          .allSatisfy(entry ->
              assertThat(entry.getTimeLocal())
                  .as("%s in %s", entry, jar)
                  .isEqualTo(LocalDateTime.ofInstant(TIME, ZoneOffset.UTC)));
      assertThat(names(entries, "io/", false)).as("%s", jar).isNotEmpty().isSorted();
      assertThat(names(entries, "io/", true)).as("%s", jar).isNotEmpty().isSorted();
    }
  }

  private static List<String> names(List<ZipEntry> entries, String prefix, boolean directories) {
    return entries.stream()
        .filter(entry -> entry.isDirectory() == directories)
        .map(ZipEntry::getName)
        .filter(name -> name.startsWith(prefix))
        .toList();
  }

  private static List<ZipEntry> entries(Path jar) throws IOException {
    List<ZipEntry> entries = new ArrayList<>();
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(jar))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        entries.add(entry);
      }
    }
    return entries;
  }

  private static List<Member> members(Path tarball) throws IOException {
    List<Member> members = new ArrayList<>();
    try (InputStream packed = Files.newInputStream(tarball);
        DataInputStream in = new DataInputStream(new GZIPInputStream(packed))) {
      byte[] header = new byte[BLOCK];
      in.readFully(header);
      while (header[0] != 0) {
        members.add(
            new Member(
                text(header, 345, 155) + text(header, 0, 100),
                (char) header[156],
                (int) number(header, 100, 8),
                (int) number(header, 108, 8),
                (int) number(header, 116, 8),
                text(header, 265, 32) + " " + text(header, 297, 32),
                number(header, 136, 12)));
        in.skipNBytes((number(header, 124, 12) + BLOCK - 1) / BLOCK * BLOCK);
        in.readFully(header);
      }
    }
    return members;
  }

  private static String text(byte[] header, int offset, int length) {
    int end = offset;
    while (end < offset + length && header[end] != 0) {
      end++;
    }
    return new String(header, offset, end - offset, StandardCharsets.UTF_8);
  }

  private static long number(byte[] header, int offset, int length) {
    return Long.parseLong(text(header, offset, length).strip(), 8);
  }
}
