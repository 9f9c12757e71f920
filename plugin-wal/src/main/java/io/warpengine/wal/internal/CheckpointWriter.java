package io.warpengine.wal.internal;

import io.warpengine.api.CoreError;
import io.warpengine.api.Position;
import io.warpengine.api.WarpException;
import io.warpengine.spi.disk.Disk;
import io.warpengine.spi.disk.Disk.Access;
import io.warpengine.spi.disk.DiskFile;
import io.warpengine.spi.store.CheckpointSink;
import io.warpengine.spi.store.Checkpointable;
import io.warpengine.wal.internal.Checkpoint.Entry;
import io.warpengine.wal.internal.v1.BlockWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * Writes one checkpoint into a directory of its own, durably. Nothing refers to it until the
 * manifest does, so an unfinished one is garbage and needs no atomic rename.
 */
final class CheckpointWriter {

  private final Disk disk;
  private final UUID databaseId;
  private final long id;
  private final BooleanSupplier abandoned;
  private final List<Entry> entries = Collections.synchronizedList(new ArrayList<>());
  private final Set<Output> open = ConcurrentHashMap.newKeySet();

  CheckpointWriter(Disk disk, UUID databaseId, long id, BooleanSupplier abandoned) {
    this.disk = disk;
    this.databaseId = databaseId;
    this.id = id;
    this.abandoned = abandoned;
  }

  /**
   * Writes what all owners give.
   *
   * @return bytes before compression
   */
  long write(Position position, List<Checkpointable> owners) {
    disk.createDirectories(Checkpoint.directory(id));
    try {
      for (Checkpointable owner : owners) {
        write(position, owner);
      }
    } finally {
      open.forEach(output -> output.file.close());
    }
    byte[] catalog = Checkpoint.encode(entries);
    try (DiskFile file = disk.open(Checkpoint.catalogPath(id), Access.CREATE)) {
      BlockWriter writer = new BlockWriter(file, Lz4.compressor(), databaseId, id);
      writer.write(catalog, 0, catalog.length);
      writer.finish();
    }
    disk.forceDirectory(Checkpoint.directory(id));
    disk.forceDirectory(SegmentFiles.CHECKPOINTS);
    return entries.stream().mapToLong(Entry::bytes).sum();
  }

  private void write(Position position, Checkpointable owner) {
    int before = entries.size();
    owner.write(position, name -> new Output(owner, name));
    if (!open.isEmpty()) {
      throw new IllegalStateException(
          "[" + owner.owner() + "] did not close each of its checkpoint files.");
    }
    if (entries.size() == before) {
      entries.add(new Entry(owner.owner(), owner.formatVersion(), "", 0));
    }
  }

  /** Removes a checkpoint's files. */
  static void delete(Disk disk, String directory) {
    for (String name : disk.list(directory)) {
      disk.delete(directory + "/" + name);
    }
    disk.delete(directory);
  }

  /** Removes all checkpoints but one. */
  static void deleteAllBut(Disk disk, long id) {
    for (String name : disk.list(SegmentFiles.CHECKPOINTS)) {
      if (!name.equals(Long.toString(id))) {
        delete(disk, SegmentFiles.CHECKPOINTS + "/" + name);
      }
    }
  }

  /** One file. */
  private final class Output implements CheckpointSink.Output {

    private final Checkpointable owner;
    private final String name;
    private final DiskFile file;
    private final BlockWriter writer;
    private boolean closed;

    Output(Checkpointable owner, String name) {
      if (!name.matches("[a-z0-9-]+")) {
        throw new IllegalArgumentException(
            "A checkpoint file cannot be named ["
                + name
                + "]: use lower-case letters, digits and dashes.");
      }
      this.owner = owner;
      this.name = name;
      file = disk.open(Checkpoint.path(id, owner.owner(), name), Access.CREATE);
      open.add(this);
      writer = new BlockWriter(file, Lz4.compressor(), databaseId, id);
    }

    @Override
    public void write(byte[] source, int offset, int length) {
      if (abandoned.getAsBoolean()) {
        throw new WarpException(CoreError.CLOSED, "The checkpoint was abandoned.", "");
      }
      writer.write(source, offset, length);
    }

    @Override
    public void close() {
      if (closed) {
        return;
      }
      closed = true;
      writer.finish();
      entries.add(new Entry(owner.owner(), owner.formatVersion(), name, writer.total()));
      open.remove(this);
      file.close();
    }
  }
}
