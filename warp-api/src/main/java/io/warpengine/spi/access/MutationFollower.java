package io.warpengine.spi.access;

import java.util.List;

/**
 * Follows every write in order: ascending sequence within each shard, and all writes of a batch in
 * one call. It is called by the control plane. A writer never waits for it: a follower that falls
 * behind the bounded tail is told of a gap.
 *
 * <p>Of a space that is dropped it sees, later, the delete of every record.
 */
public interface MutationFollower {

  /**
   * Which writes to follow.
   *
   * @return true for those that are durable, as needed by whoever persists what it derives; false
   *     for all as they happen
   */
  boolean durableOnly();

  /**
   * Receives writes.
   *
   * @param mutations one or more
   */
  void onMutations(List<Mutation> mutations);

  /**
   * Some writes were not delivered. The follower forgets what it derived; every record that is
   * there now follows through {@link #onMutations}, after which delivery goes on.
   */
  void onGap();
}
