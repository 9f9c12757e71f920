package io.warpengine.kernel.manifest;

import io.warpengine.api.CoreError;
import io.warpengine.api.WarpException;
import io.warpengine.spi.disk.Disk;
import io.warpengine.spi.disk.DiskFile;
import io.warpengine.spi.store.Manifest;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The manifest of one database, in a file or in memory. A new version is written beside the old
 * one, forced and renamed over it, and the directory forced: at every moment one of the two is
 * there, whole.
 */
public final class ManifestFile implements Manifest {

  /** The file's name in the data directory. */
  public static final String NAME = "universe.manifest";

  /** The name of the file that locks the data directory. */
  public static final String LOCK_NAME = "universe.lock";

  /** The name of the file that explains the data directory. */
  public static final String README_NAME = "README.txt";

  private static final String NEW_NAME = NAME + ".new";
  private static final String UNIVERSE = "universe";
  private static final String OWNERS = "owners";
  private static final int MOST_BYTES = 64 << 20;
  private static final int MOST_SHARDS = 4_096;

  /** What may lie in a directory that has no manifest yet. */
  private static final Set<String> HARMLESS =
      Set.of(LOCK_NAME, NEW_NAME, README_NAME, "configuration", "lost+found");

  private final @Nullable Disk disk;
  private final ReentrantLock writing = new ReentrantLock();
  private volatile State state;

  private ManifestFile(@Nullable Disk disk, State state) {
    this.disk = disk;
    this.state = state;
  }

  /**
   * Makes a new database's manifest, durably, and a README.txt that explains the directory.
   *
   * @param disk the data directory, locked, without a manifest
   * @param header what the manifest begins with
   * @return the manifest
   * @throws WarpException DIRECTORY_FOREIGN if the directory holds something that is not of a
   *     database
   */
  public static ManifestFile create(Disk disk, ManifestHeader header) {
    if (disk.exists(NAME)) {
      throw new WarpException(
          CoreError.INTERNAL_ERROR,
          "A manifest was to be created in [" + disk.location() + "], where there is one.",
          "Report this with the stack trace.");
    }
    refuseForeign(disk);
    if (!disk.exists(README_NAME)) {
      writeForced(disk, README_NAME, DirectoryReadme.text());
    }
    ManifestFile manifest = new ManifestFile(disk, new State(header, new TreeMap<>()));
    manifest.write(manifest.state);
    return manifest;
  }

  /**
   * Reads the manifest of a data directory. Changes nothing.
   *
   * @param disk the data directory, there or not
   * @return the manifest; empty if the directory is free for a new database
   * @throws WarpException MANIFEST_DAMAGED, FORMAT_TOO_NEW, or DIRECTORY_FOREIGN if there are files
   *     but no manifest
   */
  public static Optional<ManifestFile> read(Disk disk) {
    if (!disk.exists(NAME)) {
      refuseForeign(disk);
      return Optional.empty();
    }
    String where = disk.location() + "/" + NAME;
    byte[] bytes = bytes(disk, where);
    ManifestText.Parsed parsed = ManifestText.read(where, bytes, ManifestHeader.CURRENT_FORMAT);
    return Optional.of(new ManifestFile(disk, State.of(where, parsed)));
  }

  private static byte[] bytes(Disk disk, String where) {
    try (DiskFile file = disk.open(NAME, Disk.Access.READ)) {
      long size = file.size();
      if (size > MOST_BYTES) {
        throw ManifestText.damaged(where, "it has [" + size + "] bytes");
      }
      byte[] bytes = new byte[(int) size];
      int count = file.read(0, bytes, 0, bytes.length);
      if (count < bytes.length) {
        throw ManifestText.damaged(where, "it ends at offset [" + count + "]");
      }
      return bytes;
    }
  }

  /**
   * Refuses a directory that has files but no manifest.
   *
   * @param disk the directory, there or not
   * @throws WarpException DIRECTORY_FOREIGN naming a few of the files
   */
  public static void refuseForeign(Disk disk) {
    if (disk.exists(NAME)) {
      return;
    }
    List<String> strange =
        disk.list("").stream().filter(name -> !HARMLESS.contains(name)).limit(4).toList();
    if (!strange.isEmpty()) {
      throw new WarpException(
          CoreError.DIRECTORY_FOREIGN,
          "The directory ["
              + disk.location()
              + "] has no manifest but holds "
              + strange
              + ": it is not a database.",
          "Name an empty directory for a new database; if this was one, restore ["
              + NAME
              + "] from a backup.");
    }
  }

  /**
   * A manifest that lives as long as the process.
   *
   * @param header what it begins with
   * @return the manifest
   */
  public static ManifestFile inMemory(ManifestHeader header) {
    return new ManifestFile(null, new State(header, new TreeMap<>()));
  }

  /**
   * What is fixed, and the owners.
   *
   * @return the header
   */
  public ManifestHeader header() {
    return state.header;
  }

  /**
   * Replaces the owners, atomically and durably, with everything else as it is.
   *
   * @param owners stream or file family, and {@code owner@formatVersion}
   */
  public void commitOwners(SortedMap<String, String> owners) {
    check(OWNERS, owners);
    writing.lock();
    try {
      State old = state;
      write(new State(old.header.withOwners(owners), old.sections));
    } finally {
      writing.unlock();
    }
  }

  @Override
  public UUID databaseId() {
    return state.header.id();
  }

  @Override
  public SortedMap<String, String> section(String name) {
    SortedMap<String, String> section = state.sections.get(name);
    return section == null ? Collections.emptySortedMap() : section;
  }

  @Override
  public void commit(String name, SortedMap<String, String> values) {
    if (name.equals(UNIVERSE) || name.equals(OWNERS)) {
      throw unwritable("The section [" + name + "] belongs to the kernel.");
    }
    check(name, values);
    writing.lock();
    try {
      State old = state;
      SortedMap<String, SortedMap<String, String>> sections = new TreeMap<>(old.sections);
      sections.put(name, Collections.unmodifiableSortedMap(new TreeMap<>(values)));
      write(new State(old.header, sections));
    } finally {
      writing.unlock();
    }
  }

  private static void check(String section, SortedMap<String, String> values) {
    if (!ManifestText.isName(section)) {
      throw unwritable("The section [" + section + "] is not a name.");
    }
    values.forEach((key, value) -> {
      if (!ManifestText.isName(key)) {
        throw unwritable("The key [" + key + "] in [" + section + "] is not a name.");
      }
      if (!ManifestText.isValue(value)) {
        throw unwritable("The value of [" + key + "] in [" + section + "] does not fit on a line.");
      }
    });
  }

  private static WarpException unwritable(String what) {
    return new WarpException(
        CoreError.INTERNAL_ERROR,
        what + " Nothing was written to the manifest.",
        "Report this with the stack trace: names are lower-case letters, digits, dashes and dots.");
  }

  private void write(State next) {
    if (disk != null) {
      writeForced(disk, NEW_NAME, next.bytes());
      disk.rename(NEW_NAME, NAME);
      disk.forceDirectory("");
    }
    state = next;
  }

  private static void writeForced(Disk disk, String name, byte[] bytes) {
    disk.delete(name);
    try (DiskFile file = disk.open(name, Disk.Access.CREATE)) {
      file.write(0, bytes, 0, bytes.length);
      file.force();
    }
  }

  /** Everything that a manifest says at one moment. */
  private record State(
      ManifestHeader header, SortedMap<String, SortedMap<String, String>> sections) {

    byte[] bytes() {
      SortedMap<String, SortedMap<String, String>> all = new TreeMap<>(sections);
      SortedMap<String, String> universe = new TreeMap<>();
      universe.put("engine-version", header.engineVersion());
      universe.put("hash-seed", Long.toString(header.hashSeed()));
      universe.put("id", header.id().toString());
      universe.put("shards", Integer.toString(header.shards()));
      all.put(UNIVERSE, universe);
      all.put(OWNERS, header.owners());
      return ManifestText.write(header.formatVersion(), all);
    }

    static State of(String where, ManifestText.Parsed parsed) {
      SortedMap<String, SortedMap<String, String>> sections = new TreeMap<>();
      for (Map.Entry<String, SortedMap<String, String>> section : parsed.sections().entrySet()) {
        sections.put(section.getKey(), Collections.unmodifiableSortedMap(section.getValue()));
      }
      SortedMap<String, String> universe = sections.remove(UNIVERSE);
      SortedMap<String, String> owners = sections.remove(OWNERS);
      if (universe == null || owners == null) {
        throw ManifestText.damaged(
            where, "the section [" + UNIVERSE + "] or [" + OWNERS + "] is missing");
      }
      try {
        int shards = Integer.parseInt(universe.getOrDefault("shards", ""));
        if (shards < 1 || shards > MOST_SHARDS) {
          throw new IllegalArgumentException();
        }
        ManifestHeader header =
            new ManifestHeader(
                parsed.format(),
                universe.getOrDefault("engine-version", ""),
                UUID.fromString(universe.getOrDefault("id", "")),
                Long.parseLong(universe.getOrDefault("hash-seed", "")),
                shards,
                owners);
        return new State(header, sections);
      } catch (IllegalArgumentException e) {
        throw ManifestText.damaged(
            where, "the section [" + UNIVERSE + "] lacks a valid id, hash seed or shard count");
      }
    }
  }
}
