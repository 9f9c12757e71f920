package io.warpengine.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warpengine.api.Position;
import io.warpengine.spi.store.CheckpointSink;
import io.warpengine.spi.store.CheckpointSource;
import io.warpengine.spi.store.Checkpointable;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class CheckpointableContractTest
    extends CheckpointableContract<CheckpointableContractTest.Numbers> {

  /** A set of small numbers. */
  static class Numbers implements Checkpointable {
    final Set<Byte> numbers = new TreeSet<>();

    @Override
    public String owner() {
      return "numbers";
    }

    @Override
    public int formatVersion() {
      return 1;
    }

    synchronized void add(byte number) {
      numbers.add(number);
    }

    synchronized byte[] bytes() {
      byte[] bytes = new byte[numbers.size()];
      int at = 0;
      for (byte number : numbers) {
        bytes[at++] = number;
      }
      return bytes;
    }

    @Override
    public void write(Position position, CheckpointSink sink) {
      byte[] bytes = bytes();
      try (CheckpointSink.Output output = sink.file("all")) {
        output.write(bytes, 0, bytes.length);
      }
    }

    @Override
    public void restore(int formatVersion, CheckpointSource source) {
      byte[] bytes = new byte[256];
      try (CheckpointSource.Input input = source.open("all")) {
        int count = input.read(bytes, 0, bytes.length);
        for (int i = 0; i < count; i++) {
          numbers.add(bytes[i]);
        }
      }
    }
  }

  @Override
  protected Numbers newOwner() {
    return new Numbers();
  }

  @Override
  protected void change(Numbers owner, long seed) {
    addSome(owner, seed);
  }

  private static void addSome(Numbers owner, long seed) {
    Generator data = new Generator(seed);
    for (int i = 0; i < 10; i++) {
      owner.add((byte) data.below(100));
    }
  }

  @Override
  protected Object state(Numbers owner) {
    return Set.copyOf(owner.numbers);
  }

  @Override
  protected Set<Capability> capabilities() {
    return EnumSet.allOf(Capability.class);
  }

  /** The contract over whatever is planted. */
  static final class Planted extends CheckpointableContract<Numbers> {
    static Supplier<Numbers> bug = Numbers::new;

    @Override
    protected Numbers newOwner() {
      return bug.get();
    }

    @Override
    protected void change(Numbers owner, long seed) {
      addSome(owner, seed);
    }

    @Override
    protected Object state(Numbers owner) {
      return Set.copyOf(owner.numbers);
    }
  }

  private static void assertCaught(String test, String name, Supplier<Numbers> bug) {
    Planted.bug = bug;
    PlantedBugs.assertCaught(Planted.class, test, name);
  }

  @Test
  void plantedBugsAreCaught() {
    assertCaught(
        "changedOwnerComesBackAsItWas",
        "writes nothing",
        () ->
            new Numbers() {
              @Override
              synchronized byte[] bytes() {
                return new byte[0];
              }
            });
    assertCaught(
        "changedOwnerComesBackAsItWas",
        "forgets what it wrote",
        () ->
            new Numbers() {
              @Override
              public void write(Position position, CheckpointSink sink) {
                super.write(position, sink);
                numbers.clear();
              }
            });
    assertCaught(
        "checkpointOfARestoredOwnerHoldsEverything",
        "writes only what is new",
        () ->
            new Numbers() {
              private final Set<Byte> restored = new TreeSet<>();

              @Override
              public void restore(int formatVersion, CheckpointSource source) {
                super.restore(formatVersion, source);
                restored.addAll(numbers);
              }

              @Override
              public void write(Position position, CheckpointSink sink) {
                numbers.removeAll(restored);
                super.write(position, sink);
              }
            });
    assertCaught(
        "emptyOwnerComesBackEmpty",
        "leaves a file open",
        () ->
            new Numbers() {
              @Override
              public void restore(int formatVersion, CheckpointSource source) {
                source.open("all");
              }
            });
    assertCaught(
        "ownerHasAStableNameAndAVersion",
        "has a bad name",
        () ->
            new Numbers() {
              @Override
              public String owner() {
                return "My Numbers";
              }
            });
  }

  @Test
  void memoryCheckpointHoldsWritersToTheRules() {
    Checkpointable open =
        new Numbers() {
          @Override
          public void write(Position position, CheckpointSink sink) {
            sink.file("a").write(new byte[1], 0, 1);
          }
        };
    assertThatThrownBy(() -> MemoryCheckpoint.of(open, Position.START))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("not closed");
    Checkpointable twice =
        new Numbers() {
          @Override
          public void write(Position position, CheckpointSink sink) {
            sink.file("a").close();
            sink.file("a").close();
          }
        };
    assertThatThrownBy(() -> MemoryCheckpoint.of(twice, Position.START))
        .isInstanceOf(IllegalStateException.class);
    Checkpointable late =
        new Numbers() {
          @Override
          public void write(Position position, CheckpointSink sink) {
            CheckpointSink.Output output = sink.file("a");
            output.close();
            output.write(new byte[1], 0, 1);
          }
        };
    assertThatThrownBy(() -> MemoryCheckpoint.of(late, Position.START))
        .isInstanceOf(IllegalStateException.class);
    Numbers numbers = new Numbers();
    numbers.add((byte) 5);
    MemoryCheckpoint checkpoint = MemoryCheckpoint.of(numbers, Position.START);
    assertThat(checkpoint.files()).containsExactly("all");
    assertThat(checkpoint.content("all")).containsExactly(5);
  }
}
