package io.warpengine.kernel.engine;

import java.util.concurrent.locks.AbstractQueuedSynchronizer;

/**
 * A shard's lock: a mutex that is not reentrant and keeps no owner, so that taking and giving a
 * free one costs one compare-and-set and one volatile store. Who finds it held spins a little,
 * since it is held for less than a park takes; then it parks in the queue of the base class, which
 * suits virtual threads too. The fields fill the cache line after the state.
 */
@SuppressWarnings("unused")
final class ShardLock extends AbstractQueuedSynchronizer {

  private static final long serialVersionUID = 1L;

  /** A microsecond or three: longer than the lock is usually held, shorter than a park. */
  private static final int SPINS = 200;

  private transient long after0;
  private transient long after1;
  private transient long after2;
  private transient long after3;
  private transient long after4;
  private transient long after5;
  private transient long after6;
  private transient long after7;
  private transient long after8;
  private transient long after9;
  private transient long after10;
  private transient long after11;

  ShardLock() {}

  void lock() {
    if (!compareAndSetState(0, 1)) {
      lockHeld();
    }
  }

  void unlock() {
    release(1);
  }

  private void lockHeld() {
    for (int spins = 0; spins < SPINS; spins++) {
      Thread.onSpinWait();
      if (tryAcquire(1)) {
        return;
      }
    }
    acquire(1);
  }

  @Override
  protected boolean tryAcquire(int one) {
    return getState() == 0 && compareAndSetState(0, 1);
  }

  @Override
  protected boolean tryRelease(int one) {
    setState(0);
    return true;
  }
}
