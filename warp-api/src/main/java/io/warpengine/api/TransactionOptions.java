package io.warpengine.api;

import java.util.Optional;

/**
 * How a transaction runs.
 *
 * @param durability what it waits for; empty means the database's default
 * @param attempts how often its body runs at most, 1 or more
 * @param readOnly whether it only reads: then it sees a snapshot and runs once
 */
public record TransactionOptions(Optional<Durability> durability, int attempts, boolean readOnly) {

  /** The default durability and up to 100 attempts. */
  public static final TransactionOptions DEFAULT =
      new TransactionOptions(Optional.empty(), 100, false);

  /** Reads only, on a snapshot. */
  public static final TransactionOptions READ_ONLY =
      new TransactionOptions(Optional.empty(), 1, true);

  /** Checks the number of attempts. */
  public TransactionOptions {
    if (attempts < 1) {
      throw new IllegalArgumentException("The attempts [" + attempts + "] must be 1 or more.");
    }
  }

  /**
   * These options with another durability.
   *
   * @param other what to wait for
   * @return the options
   */
  public TransactionOptions withDurability(Durability other) {
    return new TransactionOptions(Optional.of(other), attempts, readOnly);
  }

  /**
   * These options with another bound of attempts.
   *
   * @param most 1 or more
   * @return the options
   */
  public TransactionOptions withAttempts(int most) {
    return new TransactionOptions(durability, most, readOnly);
  }
}
