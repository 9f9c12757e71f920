package io.warpengine.benchmarks;

import java.util.List;
import java.util.Optional;

/**
 * What one scenario measured.
 *
 * @param name the scenario
 * @param title the heading
 * @param about what was done, for the reader of the table
 * @param figure what the figures are, with unit
 * @param rows one per engine and situation
 * @param goals what the project asks of itself, against what was measured
 * @param notes what the reader must know
 */
record Section(
    String name,
    String title,
    String about,
    String figure,
    List<Row> rows,
    List<Goal> goals,
    List<String> notes) {

  /**
   * One line of the table.
   *
   * @param contender the contender's name
   * @param durability what an acknowledged put has survived
   * @param work the situation in words
   * @param measured the figure of each round
   * @param ratio the figure by WarpEngine's in the same round
   * @param comparedWith which of WarpEngine's rows that is
   * @param remark hit ratio, share of time collecting and the like
   */
  record Row(
      String contender,
      String durability,
      String work,
      Samples measured,
      Optional<Samples> ratio,
      String comparedWith,
      String remark) {}

  /**
   * A goal.
   *
   * @param text what is asked
   * @param measured the same figure, measured
   * @param bar what it must reach
   * @param atLeast whether it must be at least the bar, else at most
   */
  record Goal(String text, Samples measured, double bar, boolean atLeast) {

    static Goal atLeast(double bar, String text, Samples measured) {
      return new Goal(text, measured, bar, true);
    }

    static Goal atMost(double bar, String text, Samples measured) {
      return new Goal(text, measured, bar, false);
    }

    boolean reached() {
      return atLeast ? measured.median() >= bar : measured.median() <= bar;
    }
  }
}
