package io.warpengine.cli.demo;

import io.warpengine.api.Durability;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WriteOptions;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

/**
 * The process that is killed. Writes numbered records without end, many at a time, and tells the
 * number of each through a pipe once it is acknowledged as durable.
 */
final class Victim {

  private static final int OUTSTANDING = 512;
  private static final long FAILED = -1;

  private final WarpDatabase database;
  private final PrintStream messages;
  private final LinkedBlockingQueue<Long> acknowledged = new LinkedBlockingQueue<>();
  private volatile boolean ended;

  Victim(WarpDatabase database, PrintStream messages) {
    this.database = database;
    this.messages = messages;
  }

  /** Runs until the process is killed, a write fails, or nobody reads the pipe any more. */
  void run(PrintStream pipe, long first) {
    Thread.ofPlatform().daemon().name("warp-demo-writer").start(() -> write(first));
    List<Long> numbers = new ArrayList<>();
    ByteBuffer block = ByteBuffer.allocate(1 << 16);
    try {
      while (!pipe.checkError()) {
        numbers.add(acknowledged.take());
        acknowledged.drainTo(numbers, block.capacity() / Long.BYTES - 1);
        block.clear();
        for (long number : numbers) {
          if (number == FAILED) {
            return;
          }
          block.putLong(number);
        }
        pipe.write(block.array(), 0, block.position());
        numbers.clear();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      ended = true;
    }
  }

  private void write(long first) {
    Semaphore free = new Semaphore(OUTSTANDING);
    WriteOptions options = WriteOptions.durability(Durability.SYNC);
    for (long number = first; !ended; number++) {
      free.acquireUninterruptibly();
      long written = number;
      database
          .async()
          .put(KillRecords.key(number), KillRecords.value(number), options)
          .whenComplete((receipt, failure) -> {
            if (failure != null) {
              messages.println("error: a write failed: " + failure.getMessage());
              acknowledged.add(FAILED);
            } else if (receipt.durability() == Durability.SYNC) {
              acknowledged.add(written);
            }
            free.release();
          });
    }
  }
}
