package io.warpengine.kernel.metrics;

import io.warpengine.spi.control.Metrics;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAccumulator;

/**
 * A histogram with log-linear buckets, as HdrHistogram has them: each power of two is divided into
 * 16 buckets of equal width, so a bucket is at most 1/16 as wide as its smallest value. Values
 * below 32 have buckets of their own. Counts are kept in a few copies, chosen by thread, so that
 * threads seldom meet.
 */
final class LogHistogram implements Metrics.Histogram {

  private static final int SUB_BITS = 4;
  private static final int EXACT = 2 << SUB_BITS;
  private static final int BUCKETS = bucket(Long.MAX_VALUE) + 1;
  private static final List<String> SUFFIXES =
      List.of("_count", "_mean", "_p50", "_p99", "_p999", "_max");

  private final AtomicLongArray[] copies;
  private final DoubleAdder sum = new DoubleAdder();
  private final LongAccumulator max = new LongAccumulator(Math::max, 0);

  LogHistogram() {
    int count = Integer.highestOneBit(Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 8));
    copies = new AtomicLongArray[count];
    for (int i = 0; i < count; i++) {
      copies[i] = new AtomicLongArray(BUCKETS);
    }
  }

  /**
   * The figures that it is read as.
   *
   * @param name the histogram's name
   * @return one name for each figure
   */
  static List<String> names(String name) {
    return SUFFIXES.stream().map(suffix -> name + suffix).toList();
  }

  /** Adds one value; one below 0 counts as 0. */
  @Override
  public void record(long value) {
    long counted = Math.max(0, value);
    int copy = (int) Thread.currentThread().threadId() & (copies.length - 1);
    copies[copy].getAndIncrement(bucket(counted));
    sum.add((double) counted);
    max.accumulate(counted);
  }

  /**
   * Reads all figures; with no values all are 0.
   *
   * @param name the histogram's name
   * @param target where to put them
   */
  void read(String name, SortedMap<String, Double> target) {
    long[] counts = new long[BUCKETS];
    long count = 0;
    for (AtomicLongArray copy : copies) {
      for (int i = 0; i < BUCKETS; i++) {
        long here = copy.get(i);
        counts[i] += here;
        count += here;
      }
    }
    long largest = max.get();
    target.put(name + "_count", (double) count);
    target.put(name + "_mean", count == 0 ? 0 : sum.sum() / count);
    target.put(name + "_p50", quantile(counts, count, 0.5, largest));
    target.put(name + "_p99", quantile(counts, count, 0.99, largest));
    target.put(name + "_p999", quantile(counts, count, 0.999, largest));
    target.put(name + "_max", (double) largest);
  }

  private static double quantile(long[] counts, long count, double quantile, long largest) {
    long rank = (long) Math.ceil(count * quantile);
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (rank > 0 && seen >= rank) {
        return Math.min(middle(i), (double) largest);
      }
    }
    return 0;
  }

  /** The bucket of a value: the value itself below 32, else its power of two and next four bits. */
  static int bucket(long value) {
    if (value < EXACT) {
      return (int) value;
    }
    int shift = 63 - SUB_BITS - Long.numberOfLeadingZeros(value);
    return (shift << SUB_BITS) + (int) (value >>> shift);
  }

  /** The middle of a bucket. */
  static double middle(int bucket) {
    if (bucket < EXACT) {
      return bucket;
    }
    int shift = (bucket >>> SUB_BITS) - 1;
    long lowest = ((long) (bucket & (EXACT / 2 - 1)) + EXACT / 2) << shift;
    return lowest + ((1L << shift) - 1) / 2.0;
  }
}
