package io.warpengine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.spi.store.Manifest;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DiskManifestTest {

  @Test
  void committedSectionsSurviveAPowerCut() {
    SimDisk disk = new SimDisk();
    UUID id = new UUID(1, 2);
    Manifest manifest = DiskManifest.on(disk, id);
    manifest.commit("wal", new TreeMap<>());
    manifest.commit("wal", section("a", "1"));
    manifest.commit("other", section("b", "x y"));
    Manifest after = DiskManifest.on(disk.crash(SimDisk.Crash.DROP, 0), new UUID(3, 4));
    assertThat(after.databaseId()).isEqualTo(id);
    assertThat(after.section("wal")).isEqualTo(section("a", "1"));
    assertThat(after.section("other")).isEqualTo(section("b", "x y"));
    assertThat(after.section("none")).isEmpty();
  }

  private static SortedMap<String, String> section(String name, String value) {
    SortedMap<String, String> section = new TreeMap<>();
    section.put(name, value);
    return section;
  }
}
