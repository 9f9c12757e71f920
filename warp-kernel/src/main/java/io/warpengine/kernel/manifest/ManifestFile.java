package io.warpengine.kernel.manifest;

import io.warpengine.spi.disk.Disk;
import io.warpengine.spi.store.Manifest;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** The manifest of one database, in a file or in memory. */
public final class ManifestFile implements Manifest {

  /** The file's name in the data directory. */
  public static final String NAME = "universe.manifest";

  private ManifestHeader header;
  private final SortedMap<String, SortedMap<String, String>> sections = new TreeMap<>();

  private ManifestFile(ManifestHeader header) {
    this.header = header;
  }

  /**
   * Makes a new database's manifest, durably, and a README.txt that explains the directory.
   *
   * @param disk the data directory, locked, without a manifest
   * @param header what the manifest begins with
   * @return the manifest
   * @throws io.warpengine.api.WarpException DIRECTORY_FOREIGN if the directory holds something that
   *     is not of a database
   */
  public static ManifestFile create(Disk disk, ManifestHeader header) {
    return new ManifestFile(header);
  }

  /**
   * Reads the manifest of a data directory.
   *
   * @param disk the data directory
   * @return the manifest; empty if the directory is free for a new database
   * @throws io.warpengine.api.WarpException MANIFEST_DAMAGED, FORMAT_TOO_NEW, or DIRECTORY_FOREIGN
   *     if there are files but no manifest
   */
  public static Optional<ManifestFile> read(Disk disk) {
    return Optional.empty();
  }

  /**
   * A manifest that lives as long as the process.
   *
   * @param header what it begins with
   * @return the manifest
   */
  public static ManifestFile inMemory(ManifestHeader header) {
    return new ManifestFile(header);
  }

  /**
   * What is fixed, and the owners.
   *
   * @return the header
   */
  public ManifestHeader header() {
    return header;
  }

  /**
   * Replaces the owners, atomically and durably, with everything else as it is.
   *
   * @param owners stream or file family, and {@code owner@formatVersion}
   */
  public void commitOwners(SortedMap<String, String> owners) {
    header = header.withOwners(owners);
  }

  @Override
  public UUID databaseId() {
    return header.id();
  }

  @Override
  public SortedMap<String, String> section(String name) {
    return sections.getOrDefault(name, Collections.emptySortedMap());
  }

  @Override
  public void commit(String name, SortedMap<String, String> values) {
    sections.put(name, Collections.unmodifiableSortedMap(new TreeMap<>(values)));
  }
}
