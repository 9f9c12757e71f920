package io.warpengine.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/** One figure from several rounds, in the order of the rounds. */
record Samples(double... values) {

  double median() {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  double min() {
    return Arrays.stream(values).min().orElseThrow();
  }

  double max() {
    return Arrays.stream(values).max().orElseThrow();
  }

  /** Quotients round by round: what two processes measured one after the other belongs together. */
  Samples over(Samples other) {
    int rounds = Math.min(values.length, other.values.length);
    double[] quotients = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      quotients[round] = values[round] / other.values[round];
    }
    return new Samples(quotients);
  }

  /** Median, and the smallest and the largest in brackets. */
  String words() {
    return values.length == 1
        ? figure(median())
        : figure(median()) + " [" + figure(min()) + "–" + figure(max()) + "]";
  }

  static String figure(double number) {
    double size = Math.abs(number);
    if (size >= 1_000_000) {
      return String.format(Locale.ROOT, "%.2f M", number / 1_000_000);
    }
    if (size >= 10_000) {
      return String.format(Locale.ROOT, "%.0f k", number / 1000);
    }
    if (size >= 1000) {
      return String.format(Locale.ROOT, "%.2f k", number / 1000);
    }
    if (size >= 100) {
      return String.format(Locale.ROOT, "%.0f", number);
    }
    return String.format(Locale.ROOT, size >= 10 ? "%.1f" : "%.3g", number);
  }
}
