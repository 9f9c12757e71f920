package io.warpengine.kernel.wiring;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warpengine.api.Bytes;
import io.warpengine.api.CoreError;
import io.warpengine.api.Position;
import io.warpengine.api.Tree;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpException;
import io.warpengine.spi.OperationCall;
import io.warpengine.spi.OperationHandler;
import io.warpengine.spi.Startable;
import io.warpengine.spi.access.AccessBatch;
import io.warpengine.spi.access.AccessObserver;
import io.warpengine.spi.access.Mutation;
import io.warpengine.spi.access.MutationFollower;
import io.warpengine.spi.access.WriteInterceptor;
import io.warpengine.spi.config.ConfigKey;
import io.warpengine.spi.config.ConfigSection;
import io.warpengine.spi.control.ControlPlane;
import io.warpengine.spi.control.Metrics;
import io.warpengine.spi.control.WarpClock;
import io.warpengine.spi.disk.Disk;
import io.warpengine.spi.store.CheckpointSink;
import io.warpengine.spi.store.CheckpointSource;
import io.warpengine.spi.store.Checkpointable;
import io.warpengine.spi.store.Manifest;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** What plugins of the tests consist of; each part notes what happens to it. */
final class Parts {

  /** What happened, in order. */
  static final List<String> EVENTS = FakeJournal.EVENTS;

  private static volatile CountDownLatch gate = new CountDownLatch(1);

  private Parts() {}

  /** Forgets what happened, and lets what hangs from now on hang. */
  static void reset() {
    EVENTS.clear();
    gate = new CountDownLatch(1);
    Deaf.working = new CountDownLatch(1);
    LongHandler.working = new CountDownLatch(1);
  }

  /** Ends everything that hangs. */
  static void openTheGate() {
    gate.countDown();
  }

  /** Hangs until the test ends, whoever interrupts. */
  private static void await() {
    boolean waiting = true;
    while (waiting) {
      try {
        gate.await();
        waiting = false;
      } catch (InterruptedException e) {
        EVENTS.size();
      }
    }
  }

  abstract static class Part implements AutoCloseable {
    Part() {
      EVENTS.add("make " + name());
    }

    String name() {
      return getClass().getSimpleName();
    }

    @Override
    public void close() throws java.io.IOException {
      EVENTS.add("close " + name());
    }
  }

  static final class Base extends Part {
    @Inject
    Base() {}
  }

  static final class Worker extends Part implements Startable {
    @Inject
    Worker(Base base) {}

    @Override
    public void start() {
      EVENTS.add("start Worker in " + Thread.currentThread().getName());
    }
  }

  static final class State extends Part implements Checkpointable {
    @Inject
    State(Support support) {}

    @Override
    public String owner() {
      return "state";
    }

    @Override
    public int formatVersion() {
      return 3;
    }

    @Override
    public void write(Position position, CheckpointSink sink) {}

    @Override
    public void restore(int formatVersion, CheckpointSource source) {}
  }

  static final class Support extends Part {
    @Inject
    Support() {}
  }

  static final class User extends Part implements Startable {
    private final Provider<WarpDatabase> database;

    @Inject
    User(Provider<WarpDatabase> database) {
      this.database = database;
      assertThatThrownBy(database::get)
          .hasRootCauseInstanceOf(WarpException.class)
          .hasMessageContaining("The database is not open yet");
    }

    @Override
    public void start() {
      EVENTS.add("start User with " + database.get().durability());
    }
  }

  static final class Thrower extends Part implements Startable {
    @Inject
    Thrower(Worker worker) {}

    @Override
    public void start() {
      throw new IllegalStateException("cannot");
    }
  }

  static final class ConstructorThrower {
    @Inject
    ConstructorThrower(Base base) {
      throw new IllegalStateException("cannot be made");
    }
  }

  static final class Explaining implements Startable {
    @Inject
    Explaining() {}

    @Override
    public void start() {
      throw new WarpException(CoreError.DISK_FULL, "There is no room.", "Make some.");
    }
  }

  static final class Broken implements Startable {
    @Inject
    Broken() {}

    @Override
    public void start() {
      throw new NoClassDefFoundError("some/Library");
    }
  }

  static final class Keen implements AccessObserver, MutationFollower, WriteInterceptor {
    @Inject
    Keen() {}

    @Override
    public void onAccesses(AccessBatch batch) {
      EVENTS.add("observe " + batch.key(0).toUtf8());
    }

    @Override
    public boolean durableOnly() {
      return false;
    }

    @Override
    public void onMutations(List<Mutation> mutations) {
      EVENTS.add("follow " + mutations.size());
    }

    @Override
    public void onGap() {}

    @Override
    public Bytes onPut(String space, Bytes key, Bytes value) {
      EVENTS.add("intercept " + key.toUtf8());
      return value;
    }

    @Override
    public void onDelete(String space, Bytes key) {}
  }

  static final class Hanger extends Part implements Startable {
    @Inject
    Hanger() {}

    @Override
    public void start() {
      await();
    }
  }

  static final class CloseHanger implements AutoCloseable {
    @Inject
    CloseHanger() {}

    @Override
    public void close() {
      await();
    }
  }

  static final class Deaf {
    static volatile CountDownLatch working = new CountDownLatch(1);

    @Inject
    Deaf(ControlPlane control) {
      control.schedule(
          "deaf work",
          Duration.ofMillis(1),
          () -> {
            working.countDown();
            await();
            return 0;
          });
    }
  }

  static final class CloseThrower extends Part {
    @Inject
    CloseThrower() {}

    @Override
    public void close() throws java.io.IOException {
      super.close();
      throw new java.io.IOException("first");
    }
  }

  static final class OtherCloseThrower extends Part {
    @Inject
    OtherCloseThrower(CloseThrower other) {}

    @Override
    public void close() throws java.io.IOException {
      super.close();
      throw new WarpException(CoreError.DISK_FAILED, "The disk failed.", "");
    }
  }

  interface Greeter {
    String greet();
  }

  @ConfigSection("warp.alpha")
  record Word(@ConfigKey(defaultValue = "hello", description = "A word.") String word) {}

  static final class WordGreeter implements Greeter {
    private final Word word;

    @Inject
    WordGreeter(Word word, WarpClock clock, Metrics metrics, Manifest manifest) {
      this.word = word;
      metrics.gauge("alpha_id_high", manifest.databaseId()::hashCode);
    }

    @Override
    public String greet() {
      return word.word();
    }
  }

  static final class GreetHandler implements OperationHandler {
    private final Greeter greeter;

    @Inject
    GreetHandler(Greeter greeter) {
      this.greeter = greeter;
    }

    @Override
    public Tree run(OperationCall call) {
      call.row(Tree.map().with("n", call.integer("n")));
      return Tree.of(greeter.greet());
    }
  }

  static final class LongHandler implements OperationHandler {
    static volatile CountDownLatch working = new CountDownLatch(1);

    @Inject
    LongHandler() {}

    @Override
    public Tree run(OperationCall call) {
      working.countDown();
      await();
      return Tree.of(true);
    }
  }

  static final class NeedsDisk extends Part {
    @Inject
    NeedsDisk(Disk disk) {}
  }

  static final class NeedsJournal extends Part {
    @Inject
    NeedsJournal(FakeJournal journal) {}
  }

  static final class Watcher {
    @Inject
    Watcher(ControlPlane control) {}
  }

  static final class Worker2 extends Part {
    @Inject
    Worker2() {}
  }
}
