package io.warpengine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.Position;
import io.warpengine.spi.store.Checkpointable;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Checkpointable} keeps. Extend it, and say how to make an owner, change it and
 * look at it.
 *
 * @param <T> the owner's class
 */
public abstract class CheckpointableContract<T extends Checkpointable> {

  /** What an owner may or may not do. */
  public enum Capability {
    /** {@link CheckpointableContract#change} can be called while it writes, and twice. */
    CHANGES_WHILE_WRITING
  }

  /** For subclasses. */
  protected CheckpointableContract() {}

  /**
   * Makes an owner with nothing in it.
   *
   * @return a new owner
   */
  protected abstract T newOwner();

  /**
   * Changes an owner as the replay of some writes would.
   *
   * @param owner the owner
   * @param seed which changes; the same seed makes the same changes
   */
  protected abstract void change(T owner, long seed);

  /**
   * What an owner holds.
   *
   * @param owner the owner
   * @return something that is equal when the owners are
   */
  protected abstract Object state(T owner);

  /**
   * What the owner does.
   *
   * @return nothing unless overridden
   */
  protected Set<Capability> capabilities() {
    return Set.of();
  }

  private T restored(MemoryCheckpoint checkpoint) {
    T owner = newOwner();
    owner.restore(owner.formatVersion(), checkpoint);
    assertThat(checkpoint.openInputs()).as("files left open").isZero();
    return owner;
  }

  @Test
  void ownerHasAStableNameAndAVersion() {
    T owner = newOwner();
    assertThat(owner.owner()).matches("[a-z0-9-]+").isEqualTo(newOwner().owner());
    assertThat(owner.formatVersion()).isPositive().isEqualTo(newOwner().formatVersion());
  }

  @Test
  void emptyOwnerComesBackEmpty() {
    T owner = newOwner();
    T after = restored(MemoryCheckpoint.of(owner, Position.START));
    assertThat(state(after)).isEqualTo(state(owner));
  }

  @Test
  void changedOwnerComesBackAsItWas() {
    Seeds.forEach(
        10,
        seed -> {
          T owner = newOwner();
          change(owner, seed);
          Object before = state(owner);
          MemoryCheckpoint checkpoint = MemoryCheckpoint.of(owner, Position.of(seed));
          assertThat(state(owner)).as("writing changes nothing").isEqualTo(before);
          assertThat(state(restored(checkpoint))).isEqualTo(before);
          assertThat(state(newOwner())).as("the changes are seen").isNotEqualTo(before);
        });
  }

  @Test
  void checkpointOfARestoredOwnerHoldsEverything() {
    T owner = newOwner();
    change(owner, 1);
    T second = restored(MemoryCheckpoint.of(owner, Position.of(1)));
    change(owner, 2);
    change(second, 2);
    T third = restored(MemoryCheckpoint.of(second, Position.of(2)));
    assertThat(state(third)).isEqualTo(state(owner));
  }

  @Test
  void changesDuringTheWriteNeedOnlyBeMadeAgain() throws Exception {
    if (!capabilities().contains(Capability.CHANGES_WHILE_WRITING)) {
      return;
    }
    for (int round = 0; round < Seeds.times(20); round++) {
      T owner = newOwner();
      change(owner, 1);
      MemoryCheckpoint checkpoint;
      try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
        Future<?> changing = pool.submit(() -> change(owner, 2));
        checkpoint = MemoryCheckpoint.of(owner, Position.of(1));
        changing.get();
      }
      T after = restored(checkpoint);
      change(after, 2);
      assertThat(state(after)).isEqualTo(state(owner));
    }
  }
}
