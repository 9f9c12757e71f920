package io.warpengine.testkit;

import io.warpengine.api.Position;
import io.warpengine.spi.store.CheckpointSink;
import io.warpengine.spi.store.CheckpointSource;
import io.warpengine.spi.store.Checkpointable;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A checkpoint in memory. It takes what an owner writes, checks that the owner keeps the rules of
 * {@link CheckpointSink}, and gives it back.
 */
public final class MemoryCheckpoint implements CheckpointSource {

  private final SortedMap<String, byte[]> files;
  private final AtomicInteger inputs = new AtomicInteger();

  private MemoryCheckpoint(SortedMap<String, byte[]> files) {
    this.files = files;
  }

  /**
   * Lets an owner write.
   *
   * @param owner the owner
   * @param position everything up to here is applied
   * @return what it wrote
   * @throws IllegalStateException if it left a file open, used a name twice or a name that is no
   *     name
   */
  public static MemoryCheckpoint of(Checkpointable owner, Position position) {
    Sink sink = new Sink();
    owner.write(position, sink);
    if (!sink.open.isEmpty()) {
      throw new IllegalStateException("The files " + sink.open.keySet() + " were not closed.");
    }
    return new MemoryCheckpoint(sink.done);
  }

  /**
   * The files whose names begin with a prefix, as a checkpoint of their own.
   *
   * @param files names and contents
   * @param prefix the prefix, which is cut off
   * @return the part
   */
  public static MemoryCheckpoint part(Map<String, byte[]> files, String prefix) {
    SortedMap<String, byte[]> part = new TreeMap<>();
    files.forEach((name, content) -> {
      if (name.startsWith(prefix)) {
        part.put(name.substring(prefix.length()), content);
      }
    });
    return new MemoryCheckpoint(part);
  }

  /**
   * The whole content of a file.
   *
   * @param name one of {@link #files()}
   * @return a copy
   */
  public byte[] content(String name) {
    return Objects.requireNonNull(files.get(name), name).clone();
  }

  @Override
  public List<String> files() {
    return List.copyOf(files.keySet());
  }

  @Override
  public Input open(String name) {
    inputs.incrementAndGet();
    return new Reading(content(name), inputs);
  }

  /**
   * Files that were opened and not closed.
   *
   * @return 0 when a reader keeps the rules
   */
  public int openInputs() {
    return inputs.get();
  }

  private static final class Reading implements Input {
    private final byte[] content;
    private final AtomicInteger inputs;
    private int at;
    private boolean closed;

    Reading(byte[] content, AtomicInteger inputs) {
      this.content = content;
      this.inputs = inputs;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      int count = Math.min(length, content.length - at);
      System.arraycopy(content, at, target, offset, count);
      at += count;
      return count;
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        inputs.decrementAndGet();
      }
    }
  }

  private static final class Sink implements CheckpointSink {
    final Map<String, Output> open = new ConcurrentHashMap<>();
    final SortedMap<String, byte[]> done = new ConcurrentSkipListMap<>();

    @Override
    public Output file(String name) {
      Writing output = new Writing(this, name);
      boolean twice = done.containsKey(name) || open.putIfAbsent(name, output) != null;
      if (twice || !name.matches("[a-z0-9-]+")) {
        throw new IllegalStateException("The file name [" + name + "] is no name, or used twice.");
      }
      return output;
    }
  }

  private static final class Writing implements CheckpointSink.Output {
    private final Sink sink;
    private final String name;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Writing(Sink sink, String name) {
      this.sink = sink;
      this.name = name;
    }

    @Override
    public void write(byte[] source, int offset, int length) {
      if (!sink.open.containsKey(name)) {
        throw new IllegalStateException("The file [" + name + "] was closed.");
      }
      bytes.write(source, offset, length);
    }

    @Override
    public void close() {
      if (sink.open.remove(name) != null) {
        sink.done.put(name, bytes.toByteArray());
      }
    }
  }
}
