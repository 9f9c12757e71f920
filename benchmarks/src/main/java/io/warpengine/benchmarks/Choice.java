package io.warpengine.benchmarks;

import java.util.SplittableRandom;

/** Which record each operation goes to, chosen beforehand so that choosing costs nothing. */
enum Choice {
  /** Each record equally often. */
  UNIFORM {
    @Override
    int[] draw(int keys, int count) {
      SplittableRandom random = new SplittableRandom(7);
      int[] drawn = new int[count];
      for (int i = 0; i < count; i++) {
        drawn[i] = random.nextInt(keys);
      }
      return drawn;
    }
  },

  /**
   * YCSB's scrambled Zipfian distribution with constant 0.99: ranks among ten thousand million by
   * the method of Gray et al., "Quickly generating billion-record synthetic databases" (SIGMOD
   * 1994), spread over the records by the 64-bit FNV hash of the rank. The constants are those of
   * YCSB's {@code ScrambledZipfianGenerator}.
   */
  ZIPF {
    @Override
    int[] draw(int keys, int count) {
      SplittableRandom random = new SplittableRandom(7);
      int[] drawn = new int[count];
      for (int i = 0; i < count; i++) {
        drawn[i] = (int) (fnv(rank(random.nextDouble())) % keys);
      }
      return drawn;
    }
  };

  private static final long RANKS = 10_000_000_000L;
  private static final double THETA = 0.99;
  private static final double ZETA_OF_RANKS = 26.46902820178302;
  private static final double ZETA_OF_TWO = 1 + Math.pow(0.5, THETA);
  private static final double ALPHA = 1 / (1 - THETA);
  private static final double ETA =
      (1 - Math.pow(2.0 / RANKS, 1 - THETA)) / (1 - ZETA_OF_TWO / ZETA_OF_RANKS);

  /**
   * Draws record numbers.
   *
   * @param keys number of records
   * @param count how many to draw
   * @return numbers from 0 to {@code keys - 1}, the same in every process
   */
  abstract int[] draw(int keys, int count);

  private static long rank(double u) {
    double uz = u * ZETA_OF_RANKS;
    if (uz < 1) {
      return 0;
    }
    if (uz < ZETA_OF_TWO) {
      return 1;
    }
    return (long) (RANKS * Math.pow(ETA * u - ETA + 1, ALPHA));
  }

  private static long fnv(long rank) {
    long hash = 0xcbf29ce484222325L;
    long rest = rank;
    for (int i = 0; i < 8; i++) {
      hash = (hash ^ rest & 0xff) * 1099511628211L;
      rest >>= 8;
    }
    return Math.abs(hash);
  }
}
