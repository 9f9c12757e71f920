package io.warpengine.benchmarks;

import io.warpengine.spi.PluginBinder;
import io.warpengine.spi.WarpPlugin;
import io.warpengine.spi.access.AccessBatch;
import io.warpengine.spi.access.AccessObserver;
import jakarta.inject.Inject;

/** A plugin with three observers that do a little with each access: what being watched costs. */
public final class ThreeObservers implements WarpPlugin {

  static final String ID = "three-observers";

  /** Made by the service loader. */
  public ThreeObservers() {}

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String summary() {
    return "Counts accesses by shard, by size and by key.";
  }

  @Override
  public void configure(PluginBinder binder) {
    binder.observer(ByShard.class);
    binder.observer(BySize.class);
    binder.observer(ByKey.class);
  }

  /** Counts by shard and kind. */
  static final class ByShard implements AccessObserver {

    private final long[] counts = new long[4096 * AccessBatch.Kind.values().length];

    @Inject
    ByShard() {}

    @Override
    public void onAccesses(AccessBatch batch) {
      for (int i = 0; i < batch.size(); i++) {
        counts[batch.shard(i) * 4 + batch.kind(i).ordinal()]++;
      }
    }
  }

  /** Counts by the power of two above the size. */
  static final class BySize implements AccessObserver {

    private final long[] counts = new long[33];

    @Inject
    BySize() {}

    @Override
    public void onAccesses(AccessBatch batch) {
      for (int i = 0; i < batch.size(); i++) {
        counts[32 - Integer.numberOfLeadingZeros(batch.bytes(i))]++;
      }
    }
  }

  /** Counts by some bits of the hash, and remembers the last key of each session. */
  static final class ByKey implements AccessObserver {

    private final int[] counts = new int[1 << 16];
    private long sessions;

    @Inject
    ByKey() {}

    @Override
    public void onAccesses(AccessBatch batch) {
      for (int i = 0; i < batch.size(); i++) {
        counts[(int) (batch.hash(i) >>> 48)]++;
        sessions += batch.context(i) + batch.key(i).size();
      }
    }
  }
}
