package io.warpengine.testkit;

import org.opentest4j.TestAbortedException;

/**
 * Runs a test with many seeds and says which one failed.
 *
 * <p>The system property {@code testkit.seed} replays one seed; {@code testkit.iterations}
 * multiplies the number of seeds, for long runs.
 */
public final class Seeds {

  /** The system property that replays one seed. */
  public static final String SEED = "testkit.seed";

  /** The system property that multiplies the number of seeds. */
  public static final String ITERATIONS = "testkit.iterations";

  private Seeds() {}

  /** A test of one seed. */
  @FunctionalInterface
  public interface SeededTest {

    /**
     * Runs it.
     *
     * @param seed everything random in the test comes from it
     * @throws Exception if it fails
     */
    void run(long seed) throws Exception;
  }

  /**
   * Runs a test with the seeds 1, 2, 3 and so on, or with the one to be replayed.
   *
   * @param usual number of seeds in an ordinary build
   * @param test the test
   * @throws AssertionError that names the seed, with the failure as its cause
   */
  public static void forEach(int usual, SeededTest test) {
    String replay = System.getProperty(SEED, "");
    if (!replay.isEmpty()) {
      run(Long.parseLong(replay), test);
      return;
    }
    for (long seed = 1, last = times(usual); seed <= last; seed++) {
      run(seed, test);
    }
  }

  /**
   * A number of repetitions, multiplied in long runs.
   *
   * @param usual the number in an ordinary build
   * @return the number in this run
   */
  public static int times(int usual) {
    return Math.toIntExact((long) usual * Integer.getInteger(ITERATIONS, 1));
  }

  private static void run(long seed, SeededTest test) {
    try {
      test.run(seed);
    } catch (TestAbortedException e) {
      throw e;
    } catch (Exception | AssertionError e) {
      throw new AssertionError(
          "Seed [" + seed + "] failed; replay it with -D" + SEED + "=" + seed + ": " + e, e);
    }
  }
}
