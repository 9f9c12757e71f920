package io.warpengine.wal.internal;

import io.warpengine.api.Position;
import io.warpengine.spi.store.CheckpointSink;
import io.warpengine.spi.store.CheckpointSource;
import io.warpengine.spi.store.Checkpointable;
import java.util.Arrays;

/** An owner of one file with given content. */
final class MemoryOwner implements Checkpointable {

  byte[] content = new byte[] {1, 2, 3};
  byte[] restored = new byte[0];
  int writes;
  int restores;
  private final Runnable whileWriting;

  MemoryOwner() {
    this(() -> {});
  }

  /** An owner during whose checkpoint something else happens. */
  MemoryOwner(Runnable whileWriting) {
    this.whileWriting = whileWriting;
  }

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
    whileWriting.run();
    try (CheckpointSink.Output output = sink.file("content")) {
      output.write(content, 0, content.length);
    }
  }

  @Override
  public void restore(int formatVersion, CheckpointSource source) {
    restores++;
    byte[] bytes = new byte[1 << 20];
    try (CheckpointSource.Input input = source.open("content")) {
      int size = input.read(bytes, 0, bytes.length);
      restored = Arrays.copyOf(bytes, size);
    }
  }
}
