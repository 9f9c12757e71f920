package io.warpengine.spi.access;

/**
 * Learns from accesses. It is called by the control plane, never by a reader or writer, and sees a
 * sample: when accesses come faster than they are drained, some are dropped and counted.
 */
public interface AccessObserver {

  /**
   * Receives accesses.
   *
   * @param batch valid only during the call
   */
  void onAccesses(AccessBatch batch);
}
