package io.warpengine.kernel.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.warpengine.api.Bytes;
import io.warpengine.api.CoreError;
import io.warpengine.api.Tree;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpException;
import io.warpengine.kernel.wiring.Parts.Base;
import io.warpengine.kernel.wiring.Parts.Broken;
import io.warpengine.kernel.wiring.Parts.CloseHanger;
import io.warpengine.kernel.wiring.Parts.CloseThrower;
import io.warpengine.kernel.wiring.Parts.ConstructorThrower;
import io.warpengine.kernel.wiring.Parts.Deaf;
import io.warpengine.kernel.wiring.Parts.Explaining;
import io.warpengine.kernel.wiring.Parts.GreetHandler;
import io.warpengine.kernel.wiring.Parts.Greeter;
import io.warpengine.kernel.wiring.Parts.Hanger;
import io.warpengine.kernel.wiring.Parts.Keen;
import io.warpengine.kernel.wiring.Parts.LongHandler;
import io.warpengine.kernel.wiring.Parts.NeedsDisk;
import io.warpengine.kernel.wiring.Parts.NeedsJournal;
import io.warpengine.kernel.wiring.Parts.OtherCloseThrower;
import io.warpengine.kernel.wiring.Parts.State;
import io.warpengine.kernel.wiring.Parts.Support;
import io.warpengine.kernel.wiring.Parts.Thrower;
import io.warpengine.kernel.wiring.Parts.User;
import io.warpengine.kernel.wiring.Parts.Watcher;
import io.warpengine.kernel.wiring.Parts.Word;
import io.warpengine.kernel.wiring.Parts.WordGreeter;
import io.warpengine.kernel.wiring.Parts.Worker;
import io.warpengine.kernel.wiring.Parts.Worker2;
import io.warpengine.spi.Operation;
import io.warpengine.spi.PluginBinder;
import io.warpengine.testkit.ManualClock;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Making, starting and closing the components of a database. */
final class LifecycleTest {

  private static final List<String> EVENTS = Parts.EVENTS;

  static final class LateThrower {
    @Inject
    LateThrower() {
      throw new IllegalStateException("cannot be made");
    }
  }

  @TempDir Path folder;

  @BeforeEach
  void forget() {
    Parts.reset();
  }

  @AfterEach
  void openTheGate() {
    Parts.openTheGate();
  }

  @Test
  void componentsAreMadeAfterWhatTheyNeedStartedThenClosedInReverse() {
    try (WarpDatabase database =
        alpha(
                binder -> {
                  binder.component(Worker.class);
                  binder.component(Base.class);
                  binder.component(User.class);
                })
            .open()) {
      assertThat(EVENTS)
          .containsExactly(
              "make Base",
              "make Worker",
              "make User",
              "start Worker in warp-start-alpha",
              "start User with NONE");
      EVENTS.clear();
      database.put(Bytes.utf8("a"), Bytes.utf8("b"));
    }
    assertThat(EVENTS).containsExactly("close User", "close Worker", "close Base");
  }

  @Test
  void pluginsAreMadeInTheOrderOfThePlan() {
    new Compose()
        .plugin("beta", binder -> binder.component(Worker2.class))
        .plugin("alpha", binder -> binder.component(Base.class))
        .open()
        .close();
    assertThat(EVENTS).containsExactly("make Worker2", "make Base", "close Base", "close Worker2");
  }

  @Test
  void whatTakesPartInCheckpointsIsClosedAfterTheJournalAndTheRestBefore() {
    journal()
        .plugin(
            "beta",
            binder -> {
              binder.component(Worker.class);
              binder.component(Base.class);
              binder.checkpointable(State.class);
              binder.component(Support.class);
            })
        .open()
        .close();
    assertThat(EVENTS)
        .containsSubsequence("make State", "recover journal [shards, state]")
        .containsSubsequence("recover journal [shards, state]", "start Worker in warp-start-beta")
        .endsWith(
            "close Worker",
            "close Base",
            "close NeedsJournal",
            "close journal",
            "close State",
            "close Support");
  }

  @Test
  void aThrowingStartClosesWhatWasOpenedAndNamesThePlugin() {
    Compose compose =
        alpha(binder -> {
          binder.component(Base.class);
          binder.component(Worker.class);
          binder.component(Thrower.class);
        });
    WarpException failure = catchThrowableOfType(WarpException.class, compose::open);
    assertThat(failure.code()).isEqualTo(CoreError.PLUGIN_START_FAILED);
    assertThat(failure)
        .hasMessageContaining(
            "The plugin [alpha] failed to start ["
                + Thrower.class.getName()
                + "]: java.lang.IllegalStateException: cannot.")
        .hasCauseInstanceOf(IllegalStateException.class);
    assertThat(EVENTS).endsWith("close Thrower", "close Worker", "close Base");
  }

  @Test
  void aThrowingConstructorClosesWhatWasMadeAndNamesThePlugin() {
    Compose compose =
        alpha(binder -> {
          binder.component(Base.class);
          binder.component(ConstructorThrower.class);
        });
    WarpException failure = catchThrowableOfType(WarpException.class, compose::open);
    assertThat(failure.code()).isEqualTo(CoreError.PLUGIN_START_FAILED);
    assertThat(failure).hasMessageContaining("failed to make").hasMessageContaining("[alpha]");
    assertThat(failure).hasRootCauseMessage("cannot be made");
    assertThat(EVENTS).containsExactly("make Base", "close Base");
  }

  @Test
  void theJournalIsClosedWhenTheOpeningFailsBeforeRecovery() {
    Compose compose = journal().plugin("omega", binder -> binder.component(LateThrower.class));
    WarpException failure = catchThrowableOfType(WarpException.class, compose::open);
    assertThat(failure.code()).isEqualTo(CoreError.PLUGIN_START_FAILED);
    assertThat(EVENTS).containsOnlyOnce("close journal");
    assertThat(EVENTS).noneMatch(event -> event.startsWith("recover"));
  }

  @Test
  void aPluginsOwnExplanationOfItsFailureIsKept() {
    Compose compose = alpha(binder -> binder.component(Explaining.class));
    WarpException failure = catchThrowableOfType(WarpException.class, compose::open);
    assertThat(failure.code()).isEqualTo(CoreError.DISK_FULL);
  }

  @Test
  void aMissingClassAtStartIsAFailureOfThePlugin() {
    Compose compose = alpha(binder -> binder.component(Broken.class));
    WarpException failure = catchThrowableOfType(WarpException.class, compose::open);
    assertThat(failure.code()).isEqualTo(CoreError.PLUGIN_START_FAILED);
    assertThat(failure).hasCauseInstanceOf(NoClassDefFoundError.class);
  }

  @Test
  void oneObjectServesAllThatItsClassIsDeclaredFor() {
    ManualClock clock = new ManualClock();
    try (WarpDatabase database =
        alpha(
                binder -> {
                  binder.observer(Keen.class);
                  binder.follower(Keen.class);
                  binder.interceptor(Keen.class);
                })
            .clock(clock)
            .open()) {
      database.put(Bytes.utf8("a"), Bytes.utf8("b"));
      assertThat(EVENTS).containsExactly("intercept a");
      clock.advance(Duration.ofSeconds(10));
      assertThat(EVENTS).contains("observe a", "follow 1");
    }
  }

  @Test
  void aHangingStartIsNamedWithThePlaceWhereItHangs() {
    Compose compose =
        alpha(
                binder -> {
                  binder.component(Hanger.class);
                })
            .set("warp.open.timeout", "100ms");
    WarpException failure = catchThrowableOfType(WarpException.class, compose::open);
    assertThat(failure.code()).isEqualTo(CoreError.PLUGIN_TIMEOUT);
    assertThat(failure)
        .hasMessageContaining(
            "The plugin [alpha] did not start ["
                + Hanger.class.getName()
                + "] within [100ms]: it hangs in [")
        .hasMessageContaining("Parts.await(");
    assertThat(EVENTS).containsExactly("make Hanger", "close Hanger");
  }

  @Test
  void anInterruptedOpenerStillWaitsAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    try (WarpDatabase database = alpha(binder -> binder.component(Base.class)).open()) {
      assertThat(database.durability()).isNotNull();
      assertThat(Thread.interrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
  }

  @Test
  void aHangingCloseIsNamedAndTheDirectoryStaysLockedUntilItEnds() {
    Compose compose =
        alpha(binder -> binder.component(CloseHanger.class))
            .directory(folder)
            .set("warp.open.timeout", "100ms");
    WarpDatabase database = compose.open();
    WarpException failure = catchThrowableOfType(WarpException.class, database::close);
    assertThat(failure.code()).isEqualTo(CoreError.PLUGIN_TIMEOUT);
    assertThat(failure).hasMessageContaining("[alpha] did not close");
    assertThatTheDirectoryIsLocked();
    Parts.openTheGate();
    awaitUnlocked();
  }

  @Test
  void theDirectoryStaysLockedUntilAnOperationEndsThatOutlastsTheClose()
      throws InterruptedException {
    WarpDatabase database =
        alpha(binder ->
                binder.operation(
                    new Operation("alpha wait", "Waits.", List.of(), Operation.Mode.ONLINE),
                    LongHandler.class))
            .directory(folder)
            .set("warp.open.timeout", "300ms")
            .open();
    Thread.ofPlatform().start(() -> database.call("alpha wait", Map.of(), row -> {}));
    LongHandler.working.await();
    // In so short a time other parts may not end either; whether they do is not asked here.
    assertThat(catchThrowable(database::close))
        .satisfiesAnyOf(
            none -> assertThat(none).isNull(),
            late -> assertThat(late).hasMessageStartingWith(CoreError.PLUGIN_TIMEOUT.id()));
    assertThatTheDirectoryIsLocked();
    Parts.openTheGate();
    awaitUnlocked();
  }

  @Test
  void hangingBackgroundWorkIsNamedAndTheDirectoryStaysLockedUntilItEnds()
      throws InterruptedException {
    WarpDatabase database =
        alpha(binder -> binder.component(Deaf.class))
            .directory(folder)
            .set("warp.open.timeout", "300ms")
            .open();
    Deaf.working.await();
    WarpException failure = catchThrowableOfType(WarpException.class, database::close);
    assertThat(failure.code()).isEqualTo(CoreError.PLUGIN_TIMEOUT);
    assertThat(failure).hasMessageContaining("The background work [deaf work] did not end");
    assertThat(failure.getCause().getStackTrace())
        .anyMatch(frame -> frame.getClassName().equals(Parts.class.getName()));
    assertThatTheDirectoryIsLocked();
    Parts.openTheGate();
    awaitUnlocked();
  }

  @Test
  void everythingIsClosedAndLaterFailuresAreSuppressedInTheFirst() {
    WarpDatabase database =
        alpha(
                binder -> {
                  binder.component(Base.class);
                  binder.component(CloseThrower.class);
                  binder.component(OtherCloseThrower.class);
                })
            .directory(folder)
            .open();
    EVENTS.clear();
    Throwable failure = catchThrowable(database::close);
    assertThat(failure).isInstanceOf(WarpException.class).hasMessageContaining("The disk failed.");
    assertThat(failure.getSuppressed())
        .singleElement()
        .satisfies(second -> {
          assertThat(second)
              .hasMessageContaining(
                  "The plugin [alpha] failed to close ["
                      + CloseThrower.class.getName()
                      + "]: java.io.IOException: first.");
          assertThat(((WarpException) second).code()).isEqualTo(CoreError.INTERNAL_ERROR);
        });
    assertThat(EVENTS)
        .containsExactly("close OtherCloseThrower", "close CloseThrower", "close Base");
    new Compose().directory(folder).open().close();
  }

  @Test
  void aFailureWhileClosingAfterAFailureIsSuppressedInIt() {
    Compose compose =
        alpha(binder -> {
          binder.component(CloseThrower.class);
          binder.component(Base.class);
          binder.component(Worker.class);
          binder.component(Thrower.class);
        });
    Throwable failure = catchThrowable(compose::open);
    assertThat(failure).hasMessageContaining("cannot");
    assertThat(failure.getSuppressed())
        .singleElement()
        .satisfies(second -> assertThat(second).hasMessageContaining("failed to close"));
  }

  @Test
  void extensionsOperationsConfigurationAndKernelObjectsReachEachOther() {
    try (WarpDatabase database =
        alpha(
                binder -> {
                  binder.config(Word.class);
                  binder.extension(Greeter.class, WordGreeter.class);
                  binder.operation(
                      new Operation(
                          "alpha greet",
                          "Greets.",
                          List.of(
                              Operation.Argument.optional(
                                  "n", Operation.Type.INTEGER, "A number.", "4")),
                          Operation.Mode.ONLINE),
                      GreetHandler.class);
                })
            .set("warp.alpha.word", "good day")
            .open()) {
      assertThat(database.extension(Greeter.class).greet()).isEqualTo("good day");
      assertThat(database.findExtension(Runnable.class)).isEmpty();
      assertThat(database.operations()).extracting(Operation::name).containsExactly("alpha greet");
      List<Tree> rows = new java.util.ArrayList<>();
      assertThat(database.call("alpha greet", Map.of(), rows::add)).isEqualTo(Tree.of("good day"));
      assertThat(rows).containsExactly(Tree.map().with("n", 4));
      assertThat(database.stats().metrics()).containsKey("alpha_id_high");
      assertThatThrownBy(() -> database.call("alpha gret", Map.of(), rows::add))
          .isInstanceOf(WarpException.class)
          .hasMessageContaining("Did you mean [alpha greet]?");
    }
  }

  @Test
  void whatNeedsADiskDoesNotExistInMemoryAndDoesInADirectory() {
    alpha(binder -> binder.component(NeedsDisk.class)).open().close();
    assertThat(EVENTS).isEmpty();
    alpha(binder -> binder.component(NeedsDisk.class)).directory(folder).open().close();
    assertThat(EVENTS).containsExactly("make NeedsDisk", "close NeedsDisk");
  }

  @Test
  void whatNeedsAnImplementationThatWasNotChosenDoesNotExist() {
    journal().open().close();
    assertThat(EVENTS).contains("make NeedsJournal", "close NeedsJournal");
    EVENTS.clear();
    journal().directory(folder.resolve("other")).set("warp.journal", "none").open().close();
    assertThat(EVENTS).isEmpty();
  }

  @Test
  void aComponentMayAskForTheControlPlane() {
    alpha(binder -> binder.component(Watcher.class)).open().close();
  }

  private void assertThatTheDirectoryIsLocked() {
    WarpException locked =
        catchThrowableOfType(WarpException.class, () -> new Compose().directory(folder).open());
    assertThat(locked.code()).isEqualTo(CoreError.DIRECTORY_LOCKED);
  }

  private void awaitUnlocked() {
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> {
          boolean locked = true;
          while (locked) {
            try (WarpDatabase database = new Compose().directory(folder).open()) {
              locked = database.readOnly();
            } catch (WarpException e) {
              assertThat(e.code()).isEqualTo(CoreError.DIRECTORY_LOCKED);
            }
          }
        });
  }

  private Compose journal() {
    return new Compose()
        .plugin(
            "alpha",
            binder -> {
              binder.journal("alpha", FakeJournal.class);
              binder.component(NeedsJournal.class);
            })
        .directory(folder);
  }

  private static Compose alpha(java.util.function.Consumer<PluginBinder> configure) {
    return new Compose().plugin("alpha", configure);
  }
}
