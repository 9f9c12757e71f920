package io.warpengine.kernel.access;

import io.warpengine.api.Bytes;
import io.warpengine.spi.access.Mutation;
import io.warpengine.spi.access.MutationFollower;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.BooleanSupplier;

/**
 * A follower that derives a copy of the database and checks every rule of delivery, as far as one
 * follower can see them.
 */
final class CheckingFollower implements MutationFollower {

  private final boolean durableOnly;
  private final TailModel model;
  private final BooleanSupplier failing;
  private final Map<Bytes, Long> newest = new HashMap<>();
  private final Map<Integer, Long> last = new HashMap<>();
  private final Set<Long> seenFrames = new HashSet<>();
  private Map<Integer, Long> floors = new HashMap<>();
  final TreeMap<Bytes, Bytes> copy = new TreeMap<>();
  final Set<String> broken = new ConcurrentSkipListSet<>();
  int gaps;
  int calls;
  int failures;

  CheckingFollower(boolean durableOnly, TailModel model, BooleanSupplier failing) {
    this.durableOnly = durableOnly;
    this.model = model;
    this.failing = failing;
  }

  @Override
  public boolean durableOnly() {
    return durableOnly;
  }

  @Override
  public void onMutations(List<Mutation> mutations) {
    if (failing.getAsBoolean()) {
      failures++;
      throw new IllegalStateException("meant to happen");
    }
    calls++;
    check(!mutations.isEmpty(), "an empty call");
    Set<Long> frames = new HashSet<>();
    for (Mutation mutation : mutations) {
      take(mutation);
      frames.add(mutation.position().lsn(0));
    }
    check(gaps > 0 || frames.stream().allMatch(seenFrames::add), "a batch was split");
  }

  private void take(Mutation mutation) {
    check(
        !durableOnly || mutation.position().lsn(0) <= model.durable, "a write that is not durable");
    Long before = newest.put(mutation.key(), mutation.sequence());
    check(before == null || before < mutation.sequence(), "a key went back in time");
    long floor = floors.getOrDefault(mutation.shard(), 0L);
    if (mutation.sequence() > floor) {
      Long previous = last.put(mutation.shard(), mutation.sequence());
      check(previous == null || previous < mutation.sequence(), "a shard went back in time");
      check(
          gaps > 0 || (previous == null ? 0 : previous) + 1 == mutation.sequence(),
          "a write was skipped");
    }
    mutation
        .value()
        .ifPresentOrElse(
            value -> copy.put(mutation.key(), value), () -> copy.remove(mutation.key()));
  }

  @Override
  public void onGap() {
    if (failing.getAsBoolean()) {
      failures++;
      throw new IllegalStateException("meant to happen");
    }
    gaps++;
    copy.clear();
    newest.clear();
    last.clear();
    floors = new HashMap<>();
    for (int shard = 0; shard < model.sequences.length; shard++) {
      // Records of the rebuild come in key order and may be newer than this; they are not checked.
      floors.put(shard, Long.MAX_VALUE);
    }
  }

  private void check(boolean rule, String what) {
    if (!rule) {
      broken.add(what);
    }
  }
}
