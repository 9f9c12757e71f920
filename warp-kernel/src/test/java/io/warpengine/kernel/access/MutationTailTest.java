package io.warpengine.kernel.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.Bytes;
import io.warpengine.api.CoreError;
import io.warpengine.api.Position;
import io.warpengine.api.WarpException;
import io.warpengine.kernel.metrics.KernelMetrics;
import io.warpengine.spi.access.Mutation;
import io.warpengine.spi.access.MutationFollower;
import io.warpengine.spi.store.SpaceKeys;
import io.warpengine.spi.store.StoredRecord;
import io.warpengine.testkit.Seeds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class MutationTailTest {

  private static final MutationTail.Limits AMPLE = new MutationTail.Limits(1 << 20, 1 << 30, 16, 4);

  private final KernelMetrics metrics = new KernelMetrics();

  private static Position durable(TailModel model) {
    return Position.of(model.durable);
  }

  /** Remembers calls. */
  private static final class Remembering implements MutationFollower {

    final List<List<Mutation>> calls = new ArrayList<>();
    int gaps;
    int failures;

    @Override
    public boolean durableOnly() {
      return false;
    }

    @Override
    public void onMutations(List<Mutation> mutations) {
      if (failures > 0) {
        failures--;
        throw new IllegalStateException("meant to happen");
      }
      calls.add(List.copyOf(mutations));
    }

    @Override
    public void onGap() {
      gaps++;
    }

    List<Mutation> all() {
      return calls.stream().flatMap(List::stream).toList();
    }
  }

  private MutationTail tail(int shards, int places, MutationTail.Limits limits) {
    return new MutationTail(shards, metrics, places, 1 << 20, limits);
  }

  @Test
  void writesCarryKeyValueExpiryAndPosition() {
    MutationTail tail = new MutationTail(2, metrics);
    Remembering follower = new Remembering();
    TailModel model = new TailModel(2);
    tail.follow("a", follower);
    tail.start(() -> Position.START, model, false);
    Bytes key = Bytes.utf8("k");
    tail.append(7, 1, StoredRecord.of(key, Bytes.utf8("v"), 1, 1, 5_000));
    tail.append(9, 1, StoredRecord.tombstone(key, 1, 2));
    assertThat(tail.drain()).isEqualTo(2);
    assertThat(tail.deliver(0)).isEqualTo(2);
    assertThat(follower.all())
        .containsExactly(
            new Mutation(
                1,
                1,
                Position.of(7),
                SpaceKeys.DEFAULT,
                "",
                key,
                Optional.of(Bytes.utf8("v")),
                Optional.of(Instant.ofEpochMilli(5_000))),
            new Mutation(
                1,
                2,
                Position.of(9),
                SpaceKeys.DEFAULT,
                "",
                key,
                Optional.empty(),
                Optional.empty()));
    assertThat(tail.drain()).isZero();
    assertThat(tail.deliver(0)).isZero();
    assertThat(tail.followers()).isEqualTo(1);
    assertThat(tail.followerName(0)).isEqualTo("a");
  }

  @Test
  void followersSeeSpaceAndUsersKeyAndNothingOfTheCatalog() {
    MutationTail tail = new MutationTail(2, metrics);
    Remembering follower = new Remembering();
    TailModel model = new TailModel(2);
    tail.follow("a", follower);
    tail.start(() -> Position.START, model, false);
    int[] spaces = {SpaceKeys.CATALOG, SpaceKeys.DEFAULT, 7, TailModel.UNNAMED};
    for (boolean rebuilt : new boolean[] {false, true}) {
      follower.calls.clear();
      StoredRecord[] records = new StoredRecord[spaces.length];
      for (int i = 0; i < spaces.length; i++) {
        Bytes key = SpaceKeys.stored(spaces[i], Bytes.copyOf(new byte[] {-1, 5}));
        records[i] = StoredRecord.of(key, Bytes.utf8("v"), i, ++model.sequences[1], 0);
        if (rebuilt) {
          model.apply(1, records[i]);
        }
      }
      if (rebuilt) {
        MutationTail other = new MutationTail(2, new KernelMetrics());
        other.follow("a", follower);
        other.start(() -> Position.START, model, true);
        other.append(1, 1, records[0]);
        other.append(1, 1, records[2]);
        other.drain();
        other.deliver(0);
      } else {
        tail.append(1, 1, records[0]);
        tail.append(2, new int[] {1, 1, 1, 1}, records, spaces.length);
        tail.drain();
        tail.deliver(0);
      }
      assertThat(follower.all())
          .extracting(one -> one.space() + " [" + one.spaceName() + "] " + one.key().size())
          .containsExactlyInAnyOrder("-1 [] 2", "7 [seven] 2", TailModel.UNNAMED + " [] 2");
    }
  }

  @Test
  void tailWithoutFollowersTakesNothing() {
    MutationTail tail = new MutationTail(2, metrics);
    TailModel model = new TailModel(2);
    tail.start(() -> Position.START, model, true);
    model.write(tail, 1, false);
    model.writeBatch(tail, new int[] {1, 2}, false);
    assertThat(tail.drain()).isZero();
    assertThat(tail.followers()).isZero();
  }

  @Test
  void failedCallIsRepeatedWithTheSameWritesAndCounted() {
    MutationTail tail = tail(2, 64, AMPLE);
    Remembering follower = new Remembering();
    TailModel model = new TailModel(2);
    tail.follow("a", follower);
    tail.start(() -> Position.START, model, false);
    follower.failures = 3;
    model.write(tail, 0, false);
    tail.drain();
    assertThat(tail.deliver(0)).isZero();
    model.write(tail, 0, true);
    tail.drain();
    assertThat(tail.deliver(0)).isZero();
    assertThat(tail.deliver(0)).isZero();
    assertThat(metrics.read()).containsEntry("tail_failures_count", 3.0);
    assertThat(tail.deliver(0)).isEqualTo(2);
    assertThat(follower.all()).extracting(Mutation::sequence).containsExactly(1L, 2L);
    assertThat(metrics.read())
        .containsEntry("tail_delivered_count", 2.0)
        .containsEntry("tail_pending_count", 0.0)
        .containsEntry("tail_gaps_count", 0.0);
  }

  @Test
  void batchIsDeliveredInOneCallAlsoWhenItIsLarge() {
    MutationTail tail = tail(4, 64, AMPLE);
    Remembering follower = new Remembering();
    TailModel model = new TailModel(4);
    tail.follow("a", follower);
    tail.start(() -> Position.START, model, false);
    int[] keys = new int[3_000];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = i;
    }
    model.write(tail, 1, false);
    model.writeBatch(tail, keys, false);
    model.write(tail, 2, false);
    tail.drain();
    tail.deliver(0);
    List<Integer> sizes = follower.calls.stream().map(List::size).toList();
    assertThat(sizes).containsExactly(1, 3_000, 1);
  }

  @Test
  void everythingThereIsFollowsAGapAtTheStart() {
    MutationTail tail = tail(3, 64, AMPLE);
    TailModel model = new TailModel(3);
    MutationTail silent = tail(3, 64, AMPLE, new KernelMetrics());
    for (int i = 0; i < 100; i++) {
      model.write(silent, i, false);
    }
    Remembering follower = new Remembering();
    tail.follow("a", follower);
    tail.start(() -> Position.START, model, true);
    model.write(tail, 5, true);
    settle(tail);
    assertThat(follower.gaps).isEqualTo(1);
    assertThat(follower.all()).extracting(Mutation::key).doesNotHaveDuplicates().hasSize(99);
  }

  @Test
  void rebuildThatTheCloseCutsShortIsNoFailureOfTheFollower() {
    MutationTail tail = tail(2, 64, AMPLE);
    Remembering follower = new Remembering();
    tail.follow("a", follower);
    tail.start(
        () -> Position.START,
        new MutationTail.Records() {
          @Override
          public MutationTail.Run read(int shard, Optional<Bytes> after, int max) {
            throw new WarpException(CoreError.CLOSED, "The database is closed.", "");
          }

          @Override
          public String spaceName(int space) {
            return "";
          }

          @Override
          public long staged() {
            return 0;
          }

          @Override
          public MutationTail.Moment standstill(Runnable action) {
            action.run();
            return new MutationTail.Moment(new long[0], 0);
          }
        },
        true);
    assertThat(tail.deliver(0)).isZero();
    assertThat(follower.gaps).isEqualTo(1);
    assertThat(metrics.read()).containsEntry("tail_failures_count", 0.0);
  }

  @Test
  void oneDrainMovesAllThatABatchOfAnotherLaneHeldUp() {
    MutationTail tail = tail(2, 64, AMPLE);
    Remembering follower = new Remembering();
    tail.follow("a", follower);
    tail.start(() -> Position.START, new TailModel(2), false);
    StoredRecord[] both = {record(1, 1), record(2, 1)};
    StoredRecord[] second = {record(3, 2), record(4, 3)};
    tail.append(1, new int[] {0, 1}, both, 2);
    tail.append(2, new int[] {1, 1}, second, 2);
    tail.append(3, 0, record(5, 2));
    assertThat(tail.drain()).isEqualTo(5);
  }

  private static StoredRecord record(int key, long sequence) {
    return StoredRecord.of(TailModel.key(key), Bytes.utf8("v"), key, sequence, 0);
  }

  private static MutationTail tail(
      int shards, int places, MutationTail.Limits limits, KernelMetrics other) {
    return new MutationTail(shards, other, places, 1 << 20, limits);
  }

  @Test
  void recordLargerThanTheLaneIsTakenWhenTheLaneIsEmpty() {
    MutationTail tail = new MutationTail(1, metrics, 64, 1_000, AMPLE);
    Remembering follower = new Remembering();
    TailModel model = new TailModel(1);
    tail.follow("a", follower);
    tail.start(() -> Position.START, model, false);
    Bytes large = Bytes.wrap(new byte[5_000], 0, 5_000);
    tail.append(1, 0, StoredRecord.of(TailModel.key(1), large, 1, 1, 0));
    tail.drain();
    tail.append(2, 0, StoredRecord.of(TailModel.key(1), large, 1, 2, 0));
    tail.drain();
    tail.deliver(0);
    assertThat(follower.all()).hasSize(2);
    assertThat(follower.gaps).isZero();
    tail.append(3, 0, StoredRecord.of(TailModel.key(1), large, 1, 3, 0));
    tail.append(4, 0, StoredRecord.of(TailModel.key(1), large, 1, 4, 0));
    tail.drain();
    tail.deliver(0);
    assertThat(follower.gaps).isEqualTo(1);
  }

  @Test
  void followersSeeEveryRuleKeptWhateverHappens() {
    Seeds.forEach(
        120,
        seed -> {
          Random random = new Random(seed);
          int shards = 1 + random.nextInt(5);
          TailModel model = new TailModel(shards);
          MutationTail.Limits limits =
              new MutationTail.Limits(
                  10 + random.nextInt(400), 2_000 + random.nextInt(100_000), 2, 3);
          MutationTail tail = tail(shards, 4 << random.nextInt(6), limits, new KernelMetrics());
          List<CheckingFollower> followers = new ArrayList<>();
          boolean[] calm = {false};
          for (int i = 0; i < 3; i++) {
            followers.add(
                new CheckingFollower(i == 0, model, () -> !calm[0] && random.nextInt(10) == 0));
            tail.follow("follower-" + i, followers.get(i));
          }
          if (random.nextBoolean()) {
            MutationTail silent = tail(shards, 4, limits, new KernelMetrics());
            for (int i = 0; i < 30; i++) {
              model.write(silent, random.nextInt(40), false);
            }
          }
          tail.start(() -> durable(model), model, model.staged() > 0);
          for (int i = 0; i < 600; i++) {
            act(random, model, tail);
          }
          calm[0] = true;
          model.durable = model.staged();
          settle(tail);
          for (CheckingFollower follower : followers) {
            assertThat(follower.broken).isEmpty();
            assertThat(follower.copy).isEqualTo(model.content());
          }
        });
  }

  /** Drains and delivers until there is nothing to do, which must come soon. */
  private static void settle(MutationTail tail) {
    for (int turn = 0; turn < 10_000; turn++) {
      int done = tail.drain();
      for (int follower = 0; follower < tail.followers(); follower++) {
        done += tail.deliver(follower);
      }
      if (done == 0) {
        return;
      }
    }
    throw new AssertionError("The tail does not come to rest.");
  }

  private static void act(Random random, TailModel model, MutationTail tail) {
    switch (random.nextInt(12)) {
      case 0 -> tail.drain();
      case 1 -> tail.deliver(0);
      case 2 -> tail.deliver(1);
      case 3 -> tail.deliver(2);
      case 4 -> model.durable += random.nextLong(model.staged() - model.durable + 1);
      case 5 -> {
        int[] keys = random.ints(1 + random.nextInt(6), 0, 40).toArray();
        model.writeBatch(tail, keys, random.nextInt(4) == 0);
      }
      default -> model.write(tail, random.nextInt(40), random.nextInt(4) == 0);
    }
  }

  @Test
  void batchesStayWholeAmongConcurrentWritersAndNothingIsLost() throws InterruptedException {
    runConcurrently(1 << 14, AMPLE, 0);
  }

  @Test
  void overrunsAmongConcurrentWritersLoseNothing() throws InterruptedException {
    runConcurrently(8, new MutationTail.Limits(200, 50_000, 5, 3), 1);
  }

  private void runConcurrently(int places, MutationTail.Limits limits, int fewestGaps)
      throws InterruptedException {
    int shards = 4;
    TailModel model = new TailModel(shards);
    MutationTail tail = tail(shards, places, limits);
    CheckingFollower live = new CheckingFollower(false, model, () -> false);
    CheckingFollower persisting = new CheckingFollower(true, model, () -> false);
    tail.follow("live", live);
    tail.follow("persisting", persisting);
    tail.start(() -> durable(model), model, false);
    ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    AtomicInteger running = new AtomicInteger(3);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Random random = new Random(i);
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                try {
                  for (int round = 0; round < 4_000; round++) {
                    if (round % 5 == 0) {
                      int[] keys = random.ints(1 + random.nextInt(5), 0, 300).toArray();
                      model.writeBatch(tail, keys, random.nextInt(4) == 0);
                    } else {
                      model.write(tail, random.nextInt(300), random.nextInt(4) == 0);
                    }
                  }
                } catch (Throwable e) {
                  failures.add(e);
                } finally {
                  running.decrementAndGet();
                }
              }));
    }
    Thread deliverer =
        Thread.ofPlatform()
            .start(() -> {
              while (running.get() > 0) {
                tail.deliver(0);
                tail.deliver(1);
              }
            });
    while (running.get() > 0) {
      tail.drain();
      model.durable = model.staged();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    deliverer.join();
    model.durable = model.staged();
    settle(tail);
    assertThat(failures).isEmpty();
    assertThat(metrics.read()).containsEntry("tail_failures_count", 0.0);
    assertThat(live.broken).isEmpty();
    assertThat(persisting.broken).isEmpty();
    assertThat(live.copy).isEqualTo(model.content());
    assertThat(persisting.copy).isEqualTo(model.content());
    assertThat(live.gaps + persisting.gaps).isGreaterThanOrEqualTo(fewestGaps);
  }
}
