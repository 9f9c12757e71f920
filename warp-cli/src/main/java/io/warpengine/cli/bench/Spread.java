package io.warpengine.cli.bench;

import java.util.Arrays;

/**
 * Several measurements of the same thing.
 *
 * @param median the middle one
 * @param min the smallest
 * @param max the largest
 */
record Spread(double median, double min, double max) {

  static Spread of(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1]);
  }

  /** Half the range, as a share of the median, in percent. */
  double percent() {
    return median == 0 ? 0 : 50 * (max - min) / median;
  }
}
