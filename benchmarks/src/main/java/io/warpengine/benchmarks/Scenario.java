package io.warpengine.benchmarks;

import java.util.function.Consumer;

/** A question that a run answers. */
interface Scenario {

  /**
   * What it is selected by.
   *
   * @return one word
   */
  String name();

  /**
   * Measures.
   *
   * @param settings how much
   * @param children starts the processes
   * @param progress receives a line now and then
   * @return what was measured
   */
  Section run(Settings settings, Children children, Consumer<String> progress);
}
