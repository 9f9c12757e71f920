package io.warpengine.kernel.engine;

import io.warpengine.api.CoreError;
import io.warpengine.api.WarpException;
import io.warpengine.spi.store.CheckpointSource;

/** Reads what {@link VarintWriter} wrote. */
final class VarintReader implements AutoCloseable {

  private final CheckpointSource.Input input;
  private final byte[] buffer = new byte[1 << 16];
  private int at;
  private int end;

  VarintReader(CheckpointSource.Input input) {
    this.input = input;
  }

  long number() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      if (at == end) {
        fill();
      }
      byte next = buffer[at++];
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw damaged("holds a number of more than 64 bits");
  }

  byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    int copied = 0;
    while (copied < size) {
      if (at == end) {
        fill();
      }
      int part = Math.min(size - copied, end - at);
      System.arraycopy(buffer, at, bytes, copied, part);
      at += part;
      copied += part;
    }
    return bytes;
  }

  private void fill() {
    at = 0;
    end = input.read(buffer, 0, buffer.length);
    if (end == 0) {
      throw damaged("ends too early");
    }
  }

  private static WarpException damaged(String how) {
    return new WarpException(
        CoreError.INTERNAL_ERROR,
        "A checkpoint of a shard passed its checks and yet " + how + ".",
        "Report it, with the version that wrote the checkpoint.");
  }

  @Override
  public void close() {
    input.close();
  }
}
