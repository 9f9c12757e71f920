package io.warpengine.kernel.engine;

import io.warpengine.api.Bytes;
import io.warpengine.api.SpaceOptions;
import io.warpengine.spi.store.SpaceKeys;

/**
 * One space as everybody who works on it sees it: its number, what holds for its writes, and
 * whether it is still there.
 *
 * <p>Whoever writes looks whether it is, {@link #checkThere}, with the shard locked. The drop marks
 * it first and lets nothing be reclaimed before; reclaiming takes the lock of every shard. So a
 * write is either seen by the reclaiming or refused. Whoever reads looks after reading: what it
 * found missing may have been reclaimed.
 */
final class Space {

  /** The space of those keys that are in no named one. */
  static final Space MAIN = new Space(SpaceKeys.DEFAULT, "", SpaceOptions.DEFAULT);

  /** Where the engine keeps what it knows of the named ones; nobody else sees it. */
  static final Space CATALOG = new Space(SpaceKeys.CATALOG, "", SpaceOptions.DEFAULT);

  final int id;
  final String name;
  private volatile SpaceOptions options;
  private volatile boolean dropped;

  Space(int id, String name, SpaceOptions options) {
    this.id = id;
    this.name = name;
    this.options = options;
  }

  SpaceOptions options() {
    return options;
  }

  void options(SpaceOptions other) {
    options = other;
  }

  /** Refuses everything from now on. */
  void drop() {
    dropped = true;
  }

  boolean isDropped() {
    return dropped;
  }

  void checkThere() {
    if (id > SpaceKeys.CATALOG && dropped) {
      throw Refusals.spaceDropped(name);
    }
  }

  /** The stored key of a user's key. */
  Bytes stored(Bytes key) {
    return SpaceKeys.stored(id, key);
  }
}
