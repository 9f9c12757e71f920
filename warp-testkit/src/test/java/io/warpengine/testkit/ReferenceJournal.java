package io.warpengine.testkit;

import io.warpengine.api.CoreError;
import io.warpengine.api.Durability;
import io.warpengine.api.Position;
import io.warpengine.api.WarpException;
import io.warpengine.spi.disk.Disk;
import io.warpengine.spi.disk.Disk.Access;
import io.warpengine.spi.disk.DiskFile;
import io.warpengine.spi.journal.Journal;
import io.warpengine.spi.store.CheckpointSource;
import io.warpengine.spi.store.Checkpointable;
import io.warpengine.spi.store.StoredRecord;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The simplest journal that keeps the contract: one file, one lock, a write for each frame, a force
 * for each wait. Bugs can be planted in it.
 */
final class ReferenceJournal implements Journal {

  /** What can be planted. */
  enum Bug {
    SKIPS_FORCE,
    SKIPS_DIRECTORY_FORCE,
    SKIPS_CHECKSUM,
    SPLITS_BATCHES,
    RETRIES_FORCE,
    KEEPS_TORN_TAIL,
    CALLS_WAITER_TWICE,
    TAKES_ANY_DURABILITY,
    STAGES_BEYOND_COUNT,
    CLOSES_WITHOUT_FORCE,
    REPLAYS_BACKWARDS,
    FORGETS_EXPIRY,
    STAYS_IN_MEMORY,
    CHECKPOINT_NOT_FORCED,
    WRITES_WHEN_READ_ONLY,
    BEGINS_LSN_ANEW,
    ACCEPTS_WHEN_FAILED,
    CLEARS_INTERRUPT
  }

  private static final String LOG = "log";
  private static final String CHECKPOINT = "checkpoint";

  private final Disk disk;
  private final Set<Bug> bugs;
  private List<Checkpointable> owners = List.of();
  private @Nullable DiskFile log;
  private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
  private long end;
  private long durable;
  private String refusal = "";
  private @Nullable WarpException failure;
  private boolean closed;

  ReferenceJournal(Disk disk, Set<Bug> bugs) {
    this.disk = disk;
    this.bugs = bugs;
  }

  private boolean has(Bug bug) {
    return bugs.contains(bug);
  }

  @Override
  public Set<Durability> durabilities() {
    return EnumSet.of(Durability.MEMORY, Durability.OS, Durability.SYNC);
  }

  @Override
  public Durability defaultDurability() {
    return Durability.SYNC;
  }

  @Override
  public synchronized void recover(
      boolean readOnly, Replay replay, List<Checkpointable> newOwners) {
    owners = newOwners;
    long from = restore();
    byte[] bytes = new byte[0];
    if (disk.exists(LOG)) {
      try (DiskFile file = disk.open(LOG, Access.READ)) {
        bytes = new byte[(int) file.size()];
        file.read(0, bytes, 0, bytes.length);
      }
    }
    end = replay(ByteBuffer.wrap(bytes), from, replay);
    durable = end;
    if (readOnly) {
      refusal = "It was opened for reading.";
    }
    if (readOnly && !has(Bug.WRITES_WHEN_READ_ONLY)) {
      return;
    }
    DiskFile file = disk.open(LOG, disk.exists(LOG) ? Access.WRITE : Access.CREATE);
    log = file;
    if (has(Bug.KEEPS_TORN_TAIL)) {
      end = file.size();
      durable = end;
    }
    file.truncate(end);
    file.force();
    if (!has(Bug.SKIPS_DIRECTORY_FORCE)) {
      disk.forceDirectory("");
    }
    if (has(Bug.BEGINS_LSN_ANEW)) {
      durable = 0;
    }
  }

  private long replay(ByteBuffer bytes, long from, Replay replay) {
    int good = 0;
    while (bytes.remaining() >= 8) {
      int crc = bytes.getInt();
      int length = bytes.getInt();
      if (length <= 0 || length > bytes.remaining()) {
        break;
      }
      byte[] payload = new byte[length];
      bytes.get(payload);
      if (crc != crc(payload) && !has(Bug.SKIPS_CHECKSUM)) {
        break;
      }
      good = bytes.position();
      if (good > from) {
        replayFrame(ByteBuffer.wrap(payload), replay);
      }
    }
    return Math.max(good, 0);
  }

  private void replayFrame(ByteBuffer payload, Replay replay) {
    while (payload.hasRemaining()) {
      int shard = payload.getInt();
      long sequence = payload.getLong();
      int keySize = payload.getInt();
      boolean expires = payload.get() == 1;
      boolean tombstone = payload.get() == 1;
      byte[] data = new byte[payload.getInt()];
      payload.get(data);
      if (has(Bug.FORGETS_EXPIRY) && expires) {
        expires = false;
        data = java.util.Arrays.copyOf(data, data.length - 8);
      }
      if (has(Bug.REPLAYS_BACKWARDS) && payload.hasRemaining()) {
        replayFrame(payload, replay);
      }
      replay.record(shard, sequence, data, keySize, expires, tombstone);
    }
  }

  private static int crc(byte[] payload) {
    CRC32C crc = new CRC32C();
    crc.update(payload);
    return (int) crc.getValue();
  }

  @Override
  public long stage(int shard, StoredRecord record) {
    return stage(new int[] {shard}, new StoredRecord[] {record}, 1);
  }

  @Override
  public synchronized long stage(int[] shards, StoredRecord[] records, int count) {
    if (!refusal.isEmpty() && !has(Bug.ACCEPTS_WHEN_FAILED)) {
      throw new WarpException(CoreError.READ_ONLY, refusal, "");
    }
    if (has(Bug.SPLITS_BATCHES) && count > 1) {
      stage(shards[0], records[0]);
      return stage(
          java.util.Arrays.copyOfRange(shards, 1, count),
          java.util.Arrays.copyOfRange(records, 1, count),
          count - 1);
    }
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    int staged = has(Bug.STAGES_BEYOND_COUNT) && count > 2 ? count - 1 : count;
    for (int i = 0; i < staged; i++) {
      StoredRecord record = records[i];
      byte[] data = new byte[record.dataSize()];
      record.copyTo(0, data, 0, data.length);
      ByteBuffer head = ByteBuffer.allocate(22).putInt(shards[i]).putLong(record.sequence());
      head.putInt(record.keySize()).put((byte) (record.expires() ? 1 : 0));
      head.put((byte) (record.isTombstone() ? 1 : 0)).putInt(data.length);
      payload.writeBytes(head.array());
      payload.writeBytes(data);
    }
    byte[] bytes = payload.toByteArray();
    ByteBuffer frame = ByteBuffer.allocate(8 + bytes.length).putInt(crc(bytes));
    frame.putInt(bytes.length).put(bytes);
    write(frame.array());
    return end;
  }

  private void write(byte[] frame) {
    if (has(Bug.STAYS_IN_MEMORY)) {
      memory.writeBytes(frame);
      end += frame.length;
      return;
    }
    try {
      openLog().write(end, frame, 0, frame.length);
    } catch (WarpException e) {
      fail(e);
      throw new WarpException(CoreError.READ_ONLY, refusal, "", e);
    }
    end += frame.length;
  }

  private DiskFile openLog() {
    DiskFile file = log;
    if (file == null) {
      throw new WarpException(CoreError.CLOSED, "The journal is closed.", "");
    }
    return file;
  }

  private void fail(WarpException cause) {
    refusal = "The disk failed: " + cause.getMessage();
    if (!has(Bug.RETRIES_FORCE)) {
      failure = new WarpException(CoreError.OUTCOME_UNKNOWN, refusal, "", cause);
    }
  }

  @Override
  public synchronized Durability await(long lsn, Durability durability) {
    if (!durabilities().contains(durability) && !has(Bug.TAKES_ANY_DURABILITY)) {
      throw new WarpException(
          CoreError.DURABILITY_UNSUPPORTED, "There is no [" + durability + "].", "");
    }
    if (has(Bug.CLEARS_INTERRUPT)) {
      Thread.interrupted();
    }
    if (durability != Durability.SYNC) {
      return durability;
    }
    if (failure != null && lsn > durable) {
      throw failure;
    }
    sync();
    return Durability.SYNC;
  }

  private void sync() {
    if (durable == end) {
      return;
    }
    if (has(Bug.STAYS_IN_MEMORY)) {
      byte[] bytes = memory.toByteArray();
      memory.reset();
      openLog().write(end - bytes.length, bytes, 0, bytes.length);
    }
    if (!has(Bug.SKIPS_FORCE)) {
      try {
        openLog().force();
      } catch (WarpException e) {
        fail(e);
        throw new WarpException(CoreError.OUTCOME_UNKNOWN, refusal, "", e);
      }
    }
    durable = end;
  }

  @Override
  public void whenReached(long lsn, Durability durability, Waiter waiter) {
    Durability reached;
    try {
      reached = await(lsn, durability);
    } catch (WarpException e) {
      if (e.code() == CoreError.DURABILITY_UNSUPPORTED) {
        throw e;
      }
      waiter.failed(e);
      return;
    }
    waiter.reached(reached);
    if (has(Bug.CALLS_WAITER_TWICE)) {
      waiter.reached(reached);
    }
  }

  @Override
  public synchronized Position staged() {
    return Position.of(has(Bug.BEGINS_LSN_ANEW) ? 0 : end);
  }

  @Override
  public synchronized Position durable() {
    return Position.of(durable);
  }

  @Override
  public synchronized String refusal() {
    return refusal;
  }

  @Override
  public synchronized void close() {
    DiskFile file = log;
    if (closed || file == null) {
      return;
    }
    closed = true;
    if (failure == null && !has(Bug.CLOSES_WITHOUT_FORCE)) {
      sync();
    }
    file.close();
  }

  /** Writes one file: LSN, then name, length and bytes of each owner's files. */
  void checkpoint() {
    long position = staged().lsn(0);
    Map<String, byte[]> files = new TreeMap<>();
    for (Checkpointable owner : owners) {
      MemoryCheckpoint checkpoint = MemoryCheckpoint.of(owner, Position.of(position));
      checkpoint
          .files()
          .forEach(name -> files.put(owner.owner() + "/" + name, checkpoint.content(name)));
    }
    synchronized (this) {
      sync();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(ByteBuffer.allocate(8).putLong(position).array());
    files.forEach((name, content) -> {
      byte[] text = name.getBytes(StandardCharsets.UTF_8);
      bytes.writeBytes(ByteBuffer.allocate(8).putInt(text.length).putInt(content.length).array());
      bytes.writeBytes(text);
      bytes.writeBytes(content);
    });
    disk.delete("next");
    try (DiskFile file = disk.open("next", Access.CREATE)) {
      file.write(0, bytes.toByteArray(), 0, bytes.size());
      if (!has(Bug.CHECKPOINT_NOT_FORCED)) {
        file.force();
      }
    }
    disk.rename("next", CHECKPOINT);
    disk.forceDirectory("");
  }

  private long restore() {
    if (!disk.exists(CHECKPOINT)) {
      return 0;
    }
    byte[] bytes = new byte[(int) disk.size(CHECKPOINT)];
    try (DiskFile file = disk.open(CHECKPOINT, Access.READ)) {
      file.read(0, bytes, 0, bytes.length);
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    long position = in.getLong();
    Map<String, byte[]> files = new TreeMap<>();
    while (in.hasRemaining()) {
      byte[] name = new byte[in.getInt()];
      byte[] content = new byte[in.getInt()];
      in.get(name).get(content);
      files.put(new String(name, StandardCharsets.UTF_8), content);
    }
    for (Checkpointable owner : owners) {
      CheckpointSource source = MemoryCheckpoint.part(files, owner.owner() + "/");
      if (!source.files().isEmpty()) {
        owner.restore(1, source);
      }
    }
    return position;
  }
}
