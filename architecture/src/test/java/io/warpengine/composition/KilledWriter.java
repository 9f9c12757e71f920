package io.warpengine.composition;

import io.warpengine.api.Bytes;
import io.warpengine.api.Durability;
import io.warpengine.api.Warp;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WriteBatch;
import io.warpengine.api.WriteOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A process that writes until it is killed. Each of its threads does the writes of a fixed script
 * one after the other, and prints each one's number once it is acknowledged.
 */
final class KilledWriter {

  static final int THREADS = 3;
  static final int BATCH = 8;

  private KilledWriter() {}

  /**
   * Writes.
   *
   * @param args port to print to, directory, durability, and for each thread the number of the last
   *     write there
   * @throws IOException if the port does not answer
   */
  public static void main(String[] args) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
    socket.setTcpNoDelay(true);
    OutputStream out = socket.getOutputStream();
    print(out, "start");
    WriteOptions options = WriteOptions.durability(Durability.valueOf(args[2]));
    WarpDatabase database = open(Path.of(args[1]), false);
    print(out, "open");
    for (int t = 0; t < THREADS; t++) {
      int thread = t;
      int last = Integer.parseInt(args[3 + t]);
      Thread.ofPlatform().start(() -> writeForEver(database, options, out, thread, last));
    }
  }

  static WarpDatabase open(Path directory, boolean readOnly) {
    return Warp.builder()
        .directory(directory)
        .plugins("wal")
        .set("warp.wal.segment-bytes", "256KiB")
        .set("warp.wal.checkpoint-log-bytes", "1MiB")
        .readOnly(readOnly)
        .open();
  }

  private static void writeForEver(
      WarpDatabase database, WriteOptions options, OutputStream out, int thread, int last) {
    for (int number = last + 1; ; number++) {
      SortedMap<String, String> puts = new TreeMap<>();
      String deleted = apply(thread, number, puts);
      if (!deleted.isEmpty()) {
        database.delete(Bytes.utf8(deleted), options);
      } else if (puts.size() == 1) {
        database.put(Bytes.utf8(puts.firstKey()), Bytes.utf8(puts.get(puts.firstKey())), options);
      } else {
        WriteBatch batch = new WriteBatch();
        puts.forEach((key, value) -> batch.put(Bytes.utf8(key), Bytes.utf8(value)));
        database.writeBatch(batch, options);
      }
      print(out, thread + " " + number);
    }
  }

  /** One system call for each line, so that what is printed has left the process. */
  private static void print(OutputStream out, String line) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      synchronized (out) {
        out.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The nth write of a thread, done to a map.
   *
   * @return the key that it deletes; empty if it puts
   */
  static String apply(int thread, int number, SortedMap<String, String> state) {
    String prefix = "thread" + thread + "/";
    String value = number + ":" + "x".repeat(number * 37 % 1_500);
    if (number % 5 == 0) {
      for (int i = 0; i < BATCH; i++) {
        state.put(prefix + "batch" + i, value);
      }
    } else if (number % 7 == 3) {
      String key = prefix + "key" + (number - 1) % 50;
      state.remove(key);
      return key;
    } else {
      state.put(prefix + "key" + number % 50, value);
    }
    return "";
  }
}
