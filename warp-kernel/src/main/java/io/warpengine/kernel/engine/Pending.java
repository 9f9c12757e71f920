package io.warpengine.kernel.engine;

import io.warpengine.api.Durability;
import io.warpengine.api.WarpException;
import io.warpengine.spi.journal.Journal.Waiter;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * An asynchronous write that waits for the journal: the stage that the caller holds and the waiter
 * that the journal calls, in one object.
 */
final class Pending<T> extends CompletableFuture<T> implements Waiter {

  private final InFlight inFlight;
  private final long bytes;
  private final Function<Durability, T> result;

  /**
   * A pending write.
   *
   * @param inFlight what the bytes were taken from
   * @param bytes to be given back when the journal has spoken
   * @param result makes the result from what was reached
   */
  Pending(InFlight inFlight, long bytes, Function<Durability, T> result) {
    this.inFlight = inFlight;
    this.bytes = bytes;
    this.result = result;
  }

  @Override
  public void reached(Durability durability) {
    inFlight.acknowledge(bytes, () -> complete(result.apply(durability)));
  }

  @Override
  public void failed(WarpException failure) {
    inFlight.acknowledge(bytes, () -> completeExceptionally(failure));
  }
}
