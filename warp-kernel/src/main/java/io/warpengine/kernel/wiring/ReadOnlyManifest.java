package io.warpengine.kernel.wiring;

import io.warpengine.api.CoreError;
import io.warpengine.api.WarpException;
import io.warpengine.spi.store.Manifest;
import java.util.SortedMap;
import java.util.UUID;

/** A manifest to which nothing can be committed. */
final class ReadOnlyManifest implements Manifest {

  private final Manifest manifest;

  ReadOnlyManifest(Manifest manifest) {
    this.manifest = manifest;
  }

  @Override
  public UUID databaseId() {
    return manifest.databaseId();
  }

  @Override
  public SortedMap<String, String> section(String name) {
    return manifest.section(name);
  }

  @Override
  public void commit(String name, SortedMap<String, String> values) {
    throw new WarpException(
        CoreError.READ_ONLY,
        "The database is open read-only: nobody can change [" + name + "] in its manifest.",
        "Open the database for writing.");
  }
}
