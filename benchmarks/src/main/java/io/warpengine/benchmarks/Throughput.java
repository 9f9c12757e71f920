package io.warpengine.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;

/**
 * Counts what clients get acknowledged in a stretch of time. Clients never pause between warm-up
 * and measurement: their counters are read at both ends of the stretch.
 */
final class Throughput {

  private static final int DRAWN = 1 << 22;

  private final Contender contender;
  private final Work work;
  private final int keys;
  private final Map<Choice, int[]> drawn = new EnumMap<>(Choice.class);
  private volatile boolean stopped;

  Throughput(Contender contender, Work work, int keys) {
    this.contender = contender;
    this.work = work;
    this.keys = keys;
  }

  /**
   * What one stretch gave.
   *
   * @param rate acknowledged operations per second
   * @param hitRatio share of the reads that found a record; 1 without reads
   * @param collecting share of the time that the collector reports as its own
   * @param processor processor time of the whole process per operation, in microseconds
   */
  record Outcome(double rate, double hitRatio, double collecting, double processor) {}

  Outcome measure(Point point, double warmup, double seconds) {
    int[] indexes = drawn.computeIfAbsent(point.choice(), choice -> choice.draw(keys, DRAWN));
    stopped = false;
    AtomicReference<Throwable> failure = new AtomicReference<>();
    List<Counter> counters = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    ThreadFactory factory =
        point.call() == Point.Call.VIRTUAL
            ? Thread.ofVirtual().name("client-", 0).factory()
            : Thread.ofPlatform().name("client-", 0).daemon().factory();
    for (int client = 0; client < point.clients(); client++) {
      Counter counter = new Counter();
      int from = (int) ((long) DRAWN * client / point.clients());
      counters.add(counter);
      threads.add(
          factory.newThread(() -> {
            try (Client own = contender.client()) {
              run(point, own, indexes, from, counter);
            } catch (RuntimeException | Error e) {
              failure.compareAndSet(null, e);
            }
          }));
    }
    threads.forEach(Thread::start);
    pause(warmup);
    Reading before = Reading.of(counters);
    pause(seconds);
    Reading after = Reading.of(counters);
    stopped = true;
    threads.forEach(Throughput::join);
    if (failure.get() != null) {
      throw new IllegalStateException("A client failed at [" + point + "].", failure.get());
    }
    return after.since(before);
  }

  private void run(Point point, Client client, int[] indexes, int from, Counter counter) {
    switch (point.call()) {
      case GET -> gets(client, indexes, from, counter);
      case PUT, VIRTUAL -> puts(client, indexes, from, counter);
      case ASYNC ->
          outstanding(
              at -> client.putAsync(work.key(indexes[at & DRAWN - 1]), work.value(at)),
              from,
              counter,
              point.outstanding());
      case TRANSFER -> transfers(client, indexes, from, counter);
      case TRANSFERS ->
          outstanding(
              at -> client.transferAsync(payer(indexes, at), payee(indexes, at), at & 63),
              from,
              counter,
              point.outstanding());
    }
  }

  private void gets(Client client, int[] indexes, int from, Counter counter) {
    long done = 0;
    long found = 0;
    int at = from;
    while (!stopped) {
      for (int i = 0; i < 64; i++) {
        found += client.get(work.key(indexes[at++ & DRAWN - 1])) >= 0 ? 1 : 0;
      }
      done += 64;
      counter.publish(done, found);
    }
  }

  private void puts(Client client, int[] indexes, int from, Counter counter) {
    long done = 0;
    int at = from;
    while (!stopped) {
      int index = indexes[at++ & DRAWN - 1];
      client.put(work.key(index), work.value(at));
      counter.publish(++done, done);
    }
  }

  private void transfers(Client client, int[] indexes, int from, Counter counter) {
    long done = 0;
    int at = from;
    while (!stopped) {
      client.transfer(payer(indexes, at), payee(indexes, at), at & 63);
      at++;
      counter.publish(++done, done);
    }
  }

  private byte[] payer(int[] indexes, int at) {
    return work.key(indexes[at & DRAWN - 1]);
  }

  /** Another record than the payer's: a drawn distance away from it. */
  private byte[] payee(int[] indexes, int at) {
    int distance = 1 + indexes[at + 1 & DRAWN - 1] % (keys - 1);
    return work.key((indexes[at & DRAWN - 1] + distance) % keys);
  }

  /** Waits for the oldest acknowledgement whenever the window is full, as a pipelining client. */
  private void outstanding(
      IntFunction<CompletionStage<?>> call, int from, Counter counter, int window) {
    CompletableFuture<?>[] waiting = new CompletableFuture<?>[window];
    long sent = 0;
    int at = from;
    while (!stopped) {
      int slot = (int) (sent % window);
      if (sent >= window) {
        waiting[slot].join();
        counter.publish(sent - window + 1, 0);
      }
      waiting[slot] = call.apply(at++).toCompletableFuture();
      sent++;
    }
    for (CompletableFuture<?> last : waiting) {
      if (last != null) {
        last.join();
      }
    }
  }

  private static void pause(double seconds) {
    try {
      Thread.sleep((long) (seconds * 1000));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What all counters show at one moment. */
  private record Reading(long nanos, long done, long found, long collecting, long processor) {

    private static final OperatingSystemMXBean PROCESS =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    static Reading of(List<Counter> counters) {
      long done = 0;
      long found = 0;
      for (Counter counter : counters) {
        done += counter.done();
        found += counter.found();
      }
      long collecting = 0;
      for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
        collecting += Math.max(0, bean.getCollectionTime());
      }
      return new Reading(System.nanoTime(), done, found, collecting, PROCESS.getProcessCpuTime());
    }

    Outcome since(Reading earlier) {
      double seconds = (nanos - earlier.nanos) / 1e9;
      long operations = done - earlier.done;
      return new Outcome(
          operations / seconds,
          operations == 0 ? 0 : (double) (found - earlier.found) / operations,
          (collecting - earlier.collecting) / 1000.0 / seconds,
          (processor - earlier.processor) / 1000.0 / Math.max(1, operations));
    }
  }

  /** One client's counts, on cache lines of their own. */
  private static final class Counter {

    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int DONE = 16;
    private static final int FOUND = 17;

    private final long[] cells = new long[32];

    long done() {
      return (long) CELL.getOpaque(cells, DONE);
    }

    long found() {
      return (long) CELL.getOpaque(cells, FOUND);
    }

    void publish(long operations, long hits) {
      CELL.setOpaque(cells, DONE, operations);
      CELL.setOpaque(cells, FOUND, hits);
    }
  }
}
