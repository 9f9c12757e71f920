package io.warpengine.benchmarks;

/** An engine under measurement, open, in the process that measures it. */
interface Contender extends AutoCloseable {

  /**
   * What an acknowledged put has survived.
   *
   * @return the engine's mode in words for the table
   */
  String durability();

  /**
   * What was set differently from the engine's defaults.
   *
   * @return words for the table; empty if nothing was
   */
  default String settings() {
    return "";
  }

  /**
   * Makes what one thread needs to work with the engine.
   *
   * @return a client for one thread at a time
   */
  Client client();

  /**
   * Stores the records from number 0 to {@code count - 1}.
   *
   * @param work keys and values
   * @param count number of records
   */
  default void load(Work work, int count) {
    try (Client client = client()) {
      for (int index = 0; index < count; index++) {
        client.put(work.key(index), work.value(index));
      }
    }
  }

  /** Brings the engine into its best state for reading after a load; may do nothing. */
  default void settle() {}

  @Override
  void close();
}
