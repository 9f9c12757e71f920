package io.warpengine.kernel.wiring;

import io.warpengine.api.Position;
import io.warpengine.spi.store.CheckpointSink;
import io.warpengine.spi.store.CheckpointSource;
import io.warpengine.spi.store.Checkpointable;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Takes the place of a plugin that is not there and whose data is to be ignored: carries its part
 * of the last checkpoint, unread, into every later one, so that the plugin finds it when it comes
 * back. The part is held in memory meanwhile.
 */
final class AbsentOwner implements Checkpointable {

  private static final int CHUNK = 1 << 16;

  private final String owner;
  private final Map<String, byte[]> files = new TreeMap<>();
  private int formatVersion;

  /**
   * An owner.
   *
   * @param owner its name
   * @param formatVersion the format that the manifest records for it
   */
  AbsentOwner(String owner, int formatVersion) {
    this.owner = owner;
    this.formatVersion = formatVersion;
  }

  @Override
  public String owner() {
    return owner;
  }

  @Override
  public int formatVersion() {
    return formatVersion;
  }

  @Override
  public void write(Position position, CheckpointSink sink) {
    files.forEach((name, bytes) -> {
      try (CheckpointSink.Output output = sink.file(name)) {
        output.write(bytes, 0, bytes.length);
      }
    });
  }

  @Override
  public void restore(int writtenWith, CheckpointSource source) {
    formatVersion = writtenWith;
    for (String name : source.files()) {
      try (CheckpointSource.Input input = source.open(name)) {
        files.put(name, readAll(input));
      }
    }
  }

  private static byte[] readAll(CheckpointSource.Input input) {
    byte[] bytes = new byte[CHUNK];
    int size = 0;
    while (true) {
      int count = input.read(bytes, size, bytes.length - size);
      size += count;
      if (size < bytes.length) {
        return Arrays.copyOf(bytes, size);
      }
      bytes = Arrays.copyOf(bytes, Math.multiplyExact(size, 2));
    }
  }
}
