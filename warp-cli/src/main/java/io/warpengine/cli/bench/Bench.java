package io.warpengine.cli.bench;

import io.warpengine.cli.output.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Measures one workload: a warm-up, then rounds of equal length, all threads at once. */
final class Bench {

  private final BenchData data;
  private final int rounds;
  private final long roundNanos;

  Bench(BenchData data, int rounds, long roundNanos) {
    this.data = data;
    this.rounds = rounds;
    this.roundNanos = roundNanos;
  }

  /** Operations per second over all threads, one figure per round. */
  Spread measure(Workload workload, int threads, Progress progress) {
    try (ExecutorService pool =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("warp-bench-", 0).factory())) {
      round(pool, workload, threads, 0);
      double[] perSecond = new double[rounds];
      for (int round = 0; round < rounds; round++) {
        perSecond[round] = round(pool, workload, threads, round + 1);
        progress.at(round + 1, rounds, round + 1);
      }
      return Spread.of(perSecond);
    }
  }

  private double round(ExecutorService pool, Workload workload, int threads, int round) {
    long start = System.nanoTime();
    long deadline = start + roundNanos;
    List<Callable<Long>> tasks = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      long seed = 1_000L * round + thread;
      tasks.add(() -> workload.run(data, seed, deadline));
    }
    try {
      long done = 0;
      for (Future<Long> future : pool.invokeAll(tasks)) {
        done += future.get();
      }
      return done / ((System.nanoTime() - start) / 1e9);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The measurement was interrupted.", ended);
    } catch (ExecutionException failed) {
      throw new IllegalStateException(failed.getCause());
    }
  }
}
