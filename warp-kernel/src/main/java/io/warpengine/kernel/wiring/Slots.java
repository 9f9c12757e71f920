package io.warpengine.kernel.wiring;

import io.warpengine.api.CoreError;
import io.warpengine.api.Problem;
import io.warpengine.api.WarpException;
import io.warpengine.kernel.store.HashPlacement;
import io.warpengine.spi.store.Manifest;
import io.warpengine.spi.store.PlacementPolicy;
import io.warpengine.spi.store.SlotTable;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The slot table of a database: worked out once, when the database is made, and from then on read
 * from the manifest's section {@code placement}, whoever places slots of new databases meanwhile.
 * The kernel's own table follows from the number of shards, so for it the name is enough.
 */
final class Slots {

  private static final String SECTION = "placement";
  private static final String POLICY = "policy";
  private static final String OWNERS = "owners";

  private Slots() {}

  /**
   * Refuses a policy that was asked for by name when another one placed the data.
   *
   * @param asked its name; empty if nobody asked
   * @param source who asked
   */
  static void check(Manifest manifest, String asked, String source, String location) {
    String recorded = manifest.section(SECTION).getOrDefault(POLICY, "");
    if (!asked.isEmpty() && !recorded.isEmpty() && !asked.equals(recorded)) {
      throw new WarpException(
          CoreError.CONFIG_OUT_OF_RANGE,
          List.of(
              new Problem(
                  CoreError.CONFIG_OUT_OF_RANGE,
                  source,
                  "The key ["
                      + Port.PLACEMENT.key()
                      + "] is ["
                      + asked
                      + "], and the data in ["
                      + location
                      + "] was placed by ["
                      + recorded
                      + "], which never changes.",
                  "Remove the key, or export the data and import it into a new directory.")));
    }
  }

  /** The recorded table, or a new one that is recorded. */
  static SlotTable of(
      Manifest manifest,
      String name,
      Optional<PlacementPolicy> policy,
      int shards,
      boolean readOnly) {
    SortedMap<String, String> section = manifest.section(SECTION);
    String recorded = section.getOrDefault(POLICY, "");
    if (recorded.equals(Port.PLACEMENT.fallback())) {
      return new HashPlacement().place(shards);
    }
    if (!recorded.isEmpty()) {
      return decode(section.getOrDefault(OWNERS, ""), shards);
    }
    SlotTable table = policy.orElseGet(HashPlacement::new).place(shards);
    SortedMap<String, String> values = new TreeMap<>();
    values.put(POLICY, name);
    if (policy.isPresent()) {
      values.put(OWNERS, encode(table));
    }
    if (!readOnly) {
      manifest.commit(SECTION, values);
    }
    return table;
  }

  private static String encode(SlotTable table) {
    ByteBuffer owners = ByteBuffer.allocate(SlotTable.SLOTS * Short.BYTES);
    for (int slot = 0; slot < SlotTable.SLOTS; slot++) {
      owners.putShort((short) table.owner(slot));
    }
    return Base64.getEncoder().encodeToString(owners.array());
  }

  private static SlotTable decode(String text, int shards) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text));
      short[] owners = new short[bytes.remaining() / Short.BYTES];
      bytes.asShortBuffer().get(owners);
      return new SlotTable(owners, shards);
    } catch (IllegalArgumentException e) {
      throw new WarpException(
          CoreError.MANIFEST_DAMAGED,
          "The manifest's section [placement] holds no table for [" + shards + "] shards.",
          "Restore the manifest from a backup.",
          e);
    }
  }
}
