package io.warpengine.kernel.engine;

import io.warpengine.api.CoreError;
import io.warpengine.api.Durability;
import io.warpengine.api.Position;
import io.warpengine.api.WarpException;
import io.warpengine.spi.journal.Journal;
import io.warpengine.spi.store.Checkpointable;
import io.warpengine.spi.store.StoredRecord;
import java.util.List;
import java.util.Set;

/** The persistence port without persistence: nothing survives the process, and it says so. */
public final class NoJournal implements Journal {

  /** A journal that keeps nothing. */
  public NoJournal() {}

  @Override
  public Set<Durability> durabilities() {
    return Set.of(Durability.NONE);
  }

  @Override
  public Durability defaultDurability() {
    return Durability.NONE;
  }

  @Override
  public void recover(boolean readOnly, Replay replay, List<Checkpointable> owners) {}

  @Override
  public long stage(int shard, StoredRecord record) {
    return 0;
  }

  @Override
  public long stage(int[] shards, StoredRecord[] records, int count) {
    return 0;
  }

  @Override
  public Durability await(long lsn, Durability durability) {
    check(durability);
    return Durability.NONE;
  }

  @Override
  public void whenReached(long lsn, Durability durability, Waiter waiter) {
    check(durability);
    waiter.reached(Durability.NONE);
  }

  private static void check(Durability durability) {
    if (durability != Durability.NONE) {
      throw new WarpException(
          CoreError.DURABILITY_UNSUPPORTED,
          "The durability [" + durability + "] cannot be given without a journal.",
          "Add the jar [plugin-wal], or ask for [NONE].");
    }
  }

  @Override
  public Position staged() {
    return Position.START;
  }

  @Override
  public Position durable() {
    return Position.START;
  }

  @Override
  public String refusal() {
    return "";
  }

  @Override
  public void close() {}
}
