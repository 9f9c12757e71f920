package io.warpengine.kernel.metrics;

import io.warpengine.spi.control.Metrics;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;

/**
 * Counts the failures of one piece of background work and logs the first, second, fourth, eighth
 * and so on, so that one that fails at every turn does not fill the disk.
 */
public final class FailureLog {

  private final Logger log;
  private final String who;
  private final Metrics.Counter counter;
  private final AtomicLong failures = new AtomicLong();

  /**
   * A log.
   *
   * @param log where sentences go
   * @param who what fails, for the sentence
   * @param counter counts every failure
   */
  public FailureLog(Logger log, String who, Metrics.Counter counter) {
    this.log = log;
    this.who = who;
    this.counter = counter;
  }

  /**
   * Takes one failure.
   *
   * @param failure what was thrown
   */
  public void failed(Throwable failure) {
    counter.add(1);
    long count = failures.incrementAndGet();
    if (Long.bitCount(count) == 1) {
      log.warn("{} failed, [{}] times so far. It is called again.", who, count, failure);
    }
  }
}
