package io.warpengine.wal.internal;

import io.warpengine.api.CoreError;
import io.warpengine.api.WarpException;
import io.warpengine.spi.disk.Disk;
import io.warpengine.spi.disk.Disk.Access;
import io.warpengine.spi.disk.DiskFile;
import io.warpengine.spi.store.CheckpointSource;
import io.warpengine.spi.store.Checkpointable;
import io.warpengine.wal.WalError;
import io.warpengine.wal.internal.v1.BlockReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A checkpoint on disk: a directory of block files and, written last, a catalog of them.
 *
 * @param disk where it is
 * @param databaseId the database
 * @param id its number
 * @param entries its files
 */
record Checkpoint(Disk disk, UUID databaseId, long id, List<Entry> entries) {

  static final String CATALOG = "catalog";

  /** Owner, format, bytes and name. */
  private static final Pattern LINE = Pattern.compile("([^ ]+) (\\d{1,9}) (\\d{1,18}) (.*)");

  /**
   * One line of the catalog.
   *
   * @param owner who wrote the file
   * @param format the version of what it holds
   * @param name the owner's name of the file; empty if the owner wrote none
   * @param bytes its size before compression
   */
  record Entry(String owner, int format, String name, long bytes) {}

  static String directory(long id) {
    return SegmentFiles.CHECKPOINTS + "/" + id;
  }

  static String path(long id, String owner, String name) {
    return directory(id) + "/" + owner + "." + name + ".blocks";
  }

  static String catalogPath(long id) {
    return directory(id) + "/" + CATALOG + ".blocks";
  }

  static byte[] encode(List<Entry> entries) {
    StringBuilder text = new StringBuilder();
    for (Entry entry : entries) {
      text.append(entry.owner()).append(' ').append(entry.format()).append(' ');
      text.append(entry.bytes()).append(' ').append(entry.name()).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  static Checkpoint read(Disk disk, UUID databaseId, long id) {
    String path = catalogPath(id);
    List<Entry> entries = new ArrayList<>();
    try (DiskFile file = openFile(disk, path)) {
      BlockReader reader = new BlockReader(file, path, Lz4.decompressor(), databaseId, id);
      for (String line : readAll(reader).lines().toList()) {
        entries.add(entry(path, line));
      }
    }
    return new Checkpoint(disk, databaseId, id, entries);
  }

  private static Entry entry(String path, String line) {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) {
      throw new WarpException(
          WalError.CHECKPOINT_DAMAGED,
          "The checkpoint file [" + path + "] has a line that names no file of an owner.",
          "Restore a backup.");
    }
    return new Entry(
        parts.group(1),
        Integer.parseInt(parts.group(2)),
        parts.group(4),
        Long.parseLong(parts.group(3)));
  }

  private static String readAll(BlockReader reader) {
    StringBuilder text = new StringBuilder();
    byte[] buffer = new byte[4096];
    for (int count = reader.read(buffer, 0, buffer.length);
        count > 0;
        count = reader.read(buffer, 0, buffer.length)) {
      text.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
    }
    return text.toString();
  }

  /** Gives each owner back what it wrote. */
  void restore(List<Checkpointable> owners) {
    for (Entry entry : entries) {
      boolean known = owners.stream().anyMatch(owner -> owner.owner().equals(entry.owner()));
      if (!known) {
        Loggers.LOG.warn(
            "Checkpoint [{}] holds state of [{}], which is not loaded: it is left out",
            id,
            entry.owner());
      }
    }
    for (Checkpointable owner : owners) {
      List<Entry> own =
          entries.stream().filter(entry -> entry.owner().equals(owner.owner())).toList();
      if (!own.isEmpty()) {
        restore(owner, own);
      }
    }
  }

  private void restore(Checkpointable owner, List<Entry> own) {
    int format = own.getFirst().format();
    if (format > owner.formatVersion()) {
      throw new WarpException(
          CoreError.FORMAT_TOO_NEW,
          "In checkpoint ["
              + id
              + "], ["
              + owner.owner()
              + "] has format version ["
              + format
              + "]; what is loaded knows ["
              + owner.formatVersion()
              + "].",
          "Open it with the version that wrote it, or a later one.");
    }
    owner.restore(format, new Source(own));
  }

  /** Reads every file from beginning to end. */
  void verify(java.util.function.Consumer<WarpException> damaged) {
    for (Entry entry : entries) {
      if (!entry.name().isEmpty()) {
        try (Input input = new Input(this, entry)) {
          long bytes = input.reader.drain();
          if (bytes != entry.bytes()) {
            damaged.accept(wrongSize(entry, bytes));
          }
        } catch (WarpException e) {
          damaged.accept(e);
        }
      }
    }
  }

  private WarpException wrongSize(Entry entry, long bytes) {
    return new WarpException(
        WalError.CHECKPOINT_DAMAGED,
        "The checkpoint file ["
            + path(id, entry.owner(), entry.name())
            + "] holds ["
            + bytes
            + "] bytes; the catalog says ["
            + entry.bytes()
            + "].",
        "Restore a backup.");
  }

  private static DiskFile openFile(Disk disk, String path) {
    try {
      return disk.open(path, Access.READ);
    } catch (WarpException e) {
      throw new WarpException(
          WalError.CHECKPOINT_DAMAGED,
          "The checkpoint file [" + path + "] cannot be opened: " + e.getMessage(),
          "Restore a backup.",
          e);
    }
  }

  /** One owner's files. */
  private final class Source implements CheckpointSource {

    private final List<Entry> own;

    Source(List<Entry> own) {
      this.own = own;
    }

    @Override
    public List<String> files() {
      return own.stream().map(Entry::name).filter(name -> !name.isEmpty()).sorted().toList();
    }

    @Override
    public CheckpointSource.Input open(String name) {
      return own.stream()
          .filter(entry -> entry.name().equals(name))
          .findFirst()
          .map(entry -> new Checkpoint.Input(Checkpoint.this, entry))
          .orElseThrow(() ->
              new IllegalArgumentException(
                  "There is no file [" + name + "] in checkpoint [" + id + "]."));
    }
  }

  /** One file. */
  private static final class Input implements CheckpointSource.Input {

    private final DiskFile file;
    private final BlockReader reader;

    Input(Checkpoint checkpoint, Entry entry) {
      String path = path(checkpoint.id, entry.owner(), entry.name());
      file = openFile(checkpoint.disk, path);
      try {
        reader =
            new BlockReader(file, path, Lz4.decompressor(), checkpoint.databaseId, checkpoint.id);
      } catch (WarpException e) {
        file.close();
        throw e;
      }
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      return reader.read(target, offset, length);
    }

    @Override
    public void close() {
      file.close();
    }
  }
}
