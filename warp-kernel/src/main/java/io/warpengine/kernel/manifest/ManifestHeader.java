package io.warpengine.kernel.manifest;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What is fixed for a database, and who owns its data.
 *
 * @param formatVersion version of the data directory's format
 * @param engineVersion version of the engine that created it
 * @param id the database's identity
 * @param hashSeed the seed of the hash of its keys
 * @param shards number of shards
 * @param owners stream or file family, and {@code owner@formatVersion}
 */
public record ManifestHeader(
    int formatVersion,
    String engineVersion,
    UUID id,
    long hashSeed,
    int shards,
    SortedMap<String, String> owners) {

  /** The newest format of a data directory that this engine knows. */
  public static final int CURRENT_FORMAT = 1;

  /** Keeps its own copy of the owners. */
  public ManifestHeader {
    owners = Collections.unmodifiableSortedMap(new TreeMap<>(owners));
  }

  /**
   * The same with other owners.
   *
   * @param changed the new owners
   * @return a new header
   */
  public ManifestHeader withOwners(SortedMap<String, String> changed) {
    return new ManifestHeader(formatVersion, engineVersion, id, hashSeed, shards, changed);
  }
}
