package io.warpengine.kernel.engine;

import io.warpengine.api.Durability;
import io.warpengine.api.WarpException;
import io.warpengine.spi.journal.Journal;
import io.warpengine.spi.journal.Journal.Waiter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/**
 * An asynchronous write that waits for the journal: the stage that the caller holds and the waiter
 * that the journal calls, in one object.
 *
 * <p>A thread that waits for a write which needs no sync does not wait for another thread to make
 * progress: it asks the journal itself, which hands on what many have staged at once. The bytes in
 * flight come back when the journal tells, since until then the journal holds on to this object.
 */
final class Pending<T> extends CompletableFuture<T> implements Waiter {

  private final Journal journal;
  private final long lsn;
  private final Durability asked;
  private final InFlight inFlight;
  private final long bytes;
  private final Function<Durability, T> result;

  /**
   * A pending write.
   *
   * @param journal where it is staged
   * @param lsn the end of its frame
   * @param asked what it waits for
   * @param inFlight what the bytes were taken from
   * @param bytes to be given back when the journal has spoken
   * @param result makes the result from what was reached
   */
  Pending(
      Journal journal,
      long lsn,
      Durability asked,
      InFlight inFlight,
      long bytes,
      Function<Durability, T> result) {
    this.journal = journal;
    this.lsn = lsn;
    this.asked = asked;
    this.inFlight = inFlight;
    this.bytes = bytes;
    this.result = result;
  }

  /** Asks the journal to tell, sooner or later. */
  void start() {
    journal.whenReached(lsn, asked, this);
  }

  @Override
  public void reached(Durability durability) {
    inFlight.acknowledge(bytes, () -> complete(result.apply(durability)));
  }

  @Override
  public void failed(WarpException failure) {
    inFlight.acknowledge(bytes, () -> completeExceptionally(failure));
  }

  @Override
  public T join() {
    help();
    return super.join();
  }

  @Override
  public T get() throws InterruptedException, ExecutionException {
    help();
    return super.get();
  }

  private void help() {
    if (!isDone() && (asked == Durability.OS || asked == Durability.INTERVAL)) {
      try {
        complete(result.apply(journal.await(lsn, asked)));
      } catch (WarpException e) {
        completeExceptionally(e);
      }
    }
  }
}
