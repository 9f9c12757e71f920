package io.warpengine.wal.internal;

import io.warpengine.api.Position;
import io.warpengine.spi.store.CheckpointSink;
import io.warpengine.spi.store.CheckpointSource;
import io.warpengine.spi.store.Checkpointable;

/** An owner of one file with given content. */
final class MemoryOwner implements Checkpointable {

  byte[] content = new byte[] {1, 2, 3};
  byte[] restored = new byte[0];
  int writes;
  int restores;

  @Override
  public String owner() {
    return "memory";
  }

  @Override
  public int formatVersion() {
    return 1;
  }

  @Override
  public void write(Position position, CheckpointSink sink) {
    writes++;
    try (CheckpointSink.Output output = sink.file("content")) {
      output.write(content, 0, content.length);
    }
  }

  @Override
  public void restore(int formatVersion, CheckpointSource source) {
    restores++;
    byte[] bytes = new byte[1 << 20];
    try (CheckpointSource.Input input = source.open("content")) {
      restored = java.util.Arrays.copyOf(bytes, input.read(bytes, 0, bytes.length));
      System.arraycopy(bytes, 0, restored, 0, restored.length);
    }
  }
}
