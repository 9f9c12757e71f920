package io.warpengine.samples.hello.internal;

import io.warpengine.api.Bytes;
import io.warpengine.spi.access.Mutation;
import io.warpengine.spi.access.MutationFollower;
import jakarta.inject.Inject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A follower: receives every write, in the order of its shard, whereas an observer sees a sample.
 * It is called by the control plane, one call at a time; a writer never waits for it.
 */
final class WriteMemory implements MutationFollower {

  private final int most;
  private final Deque<Bytes> keys = new ArrayDeque<>();
  private volatile List<Bytes> published = List.of();

  /** Asks for the configuration; the kernel passes it in. */
  @Inject
  WriteMemory(HelloConfig config) {
    most = config.rememberedKeys();
  }

  /** This memory dies with the process, so it may know of writes that a crash would lose. */
  @Override
  public boolean durableOnly() {
    return false;
  }

  @Override
  public void onMutations(List<Mutation> mutations) {
    for (Mutation mutation : mutations) {
      keys.addFirst(mutation.key());
      if (keys.size() > most) {
        keys.removeLast();
      }
    }
    published = List.copyOf(keys);
  }

  /** Some writes went past unseen: forget; the records that are there now follow by themselves. */
  @Override
  public void onGap() {
    keys.clear();
    published = List.of();
  }

  List<Bytes> keys() {
    return published;
  }
}
