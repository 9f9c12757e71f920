package io.warpengine.testkit;

import io.warpengine.spi.disk.Disk;
import io.warpengine.spi.disk.DiskFile;
import io.warpengine.spi.store.Manifest;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A manifest for tests: a text file that is replaced atomically (written beside, forced, renamed,
 * directory forced), so that what was committed is there after a power cut.
 */
public final class DiskManifest implements Manifest {

  private static final String NAME = "test.manifest";
  private static final String NEXT = "test.manifest.next";

  private final Disk disk;
  private final UUID id;
  private final SortedMap<String, SortedMap<String, String>> sections = new TreeMap<>();

  private DiskManifest(Disk disk, UUID id) {
    this.disk = disk;
    this.id = id;
  }

  /**
   * Reads the manifest of a disk, or makes one.
   *
   * @param disk where it is
   * @param id the database's id if one is made
   * @return the manifest
   */
  public static DiskManifest on(Disk disk, UUID id) {
    if (!disk.exists(NAME)) {
      DiskManifest manifest = new DiskManifest(disk, id);
      manifest.save();
      return manifest;
    }
    byte[] bytes = new byte[Math.toIntExact(disk.size(NAME))];
    try (DiskFile file = disk.open(NAME, Disk.Access.READ)) {
      file.read(0, bytes, 0, bytes.length);
    }
    String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\n", -1);
    DiskManifest manifest = new DiskManifest(disk, UUID.fromString(lines[0]));
    for (int i = 1; i + 2 < lines.length; i += 3) {
      manifest
          .sections
          .computeIfAbsent(lines[i], name -> new TreeMap<>())
          .put(lines[i + 1], lines[i + 2]);
    }
    return manifest;
  }

  @Override
  public UUID databaseId() {
    return id;
  }

  @Override
  public synchronized SortedMap<String, String> section(String name) {
    return new TreeMap<>(sections.getOrDefault(name, new TreeMap<>()));
  }

  @Override
  public synchronized void commit(String name, SortedMap<String, String> values) {
    sections.put(name, new TreeMap<>(values));
    save();
  }

  private void save() {
    StringBuilder text = new StringBuilder(id + "\n");
    sections.forEach((name, values) ->
        values.forEach((key, value) -> text.append(name + "\n" + key + "\n" + value + "\n")));
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    disk.delete(NEXT);
    try (DiskFile file = disk.open(NEXT, Disk.Access.CREATE)) {
      file.write(0, bytes, 0, bytes.length);
      file.force();
    }
    disk.rename(NEXT, NAME);
    disk.forceDirectory("");
  }
}
