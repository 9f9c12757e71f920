package io.warpengine.kernel.wiring;

import io.warpengine.api.Durability;
import io.warpengine.api.Position;
import io.warpengine.spi.disk.Disk;
import io.warpengine.spi.journal.Journal;
import io.warpengine.spi.store.Checkpointable;
import io.warpengine.spi.store.StoredRecord;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** A journal that keeps nothing and notes what happens to it. */
class FakeJournal implements Journal {

  /** What happened to all of them, in order. */
  static final List<String> EVENTS = Collections.synchronizedList(new ArrayList<>());

  @Inject
  FakeJournal(Disk disk) {}

  @Override
  public Set<Durability> durabilities() {
    return Set.of(Durability.MEMORY);
  }

  @Override
  public Durability defaultDurability() {
    return Durability.MEMORY;
  }

  @Override
  public void recover(boolean readOnly, Replay replay, List<Checkpointable> owners) {
    EVENTS.add("recover journal " + owners.stream().map(Checkpointable::owner).toList());
  }

  @Override
  public long stage(int shard, StoredRecord record) {
    return 1;
  }

  @Override
  public long stage(int[] shards, StoredRecord[] records, int count) {
    return 1;
  }

  @Override
  public Durability await(long lsn, Durability durability) {
    return Durability.MEMORY;
  }

  @Override
  public void whenReached(long lsn, Durability durability, Waiter waiter) {
    waiter.reached(Durability.MEMORY);
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
  public void close() {
    EVENTS.add("close journal");
  }

  /** One whose files are of a newer format. */
  static final class Newer extends FakeJournal {
    @Inject
    Newer(Disk disk) {
      super(disk);
    }

    @Override
    public int formatVersion() {
      return 2;
    }
  }
}
