package io.warpengine.kernel.wiring;

import io.warpengine.api.CoreError;
import io.warpengine.api.WarpException;
import io.warpengine.spi.Startable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Makes, starts and closes components. Those of a higher rank are closed first, and within a rank
 * whatever was opened last; each exactly once.
 */
final class Lifecycle {

  private record Opened(int rank, String plugin, AutoCloseable thing) {}

  private final Bounded bounded;
  private final List<Opened> opened = new ArrayList<>();

  Lifecycle(Duration timeout) {
    bounded = new Bounded(timeout);
  }

  /** Runs a constructor; what it throws becomes PLUGIN_START_FAILED. */
  Object make(String plugin, Class<?> type, Callable<Object> constructor) {
    return run(plugin, "make", type, constructor);
  }

  /** Starts a component; what it throws becomes PLUGIN_START_FAILED. */
  void start(String plugin, Startable component) {
    run(
        plugin,
        "start",
        component.getClass(),
        () -> {
          component.start();
          return component;
        });
  }

  /** Notes that a thing must be closed before everything of its rank that was noted earlier. */
  void opened(int rank, String plugin, AutoCloseable thing) {
    opened.add(new Opened(rank, plugin, thing));
  }

  /** Closes everything; the first failure carries the others as suppressed. */
  void close() {
    Optional<WarpException> first = Optional.empty();
    List<Opened> order =
        opened.reversed().stream()
            .sorted(Comparator.comparingInt(Opened::rank).reversed())
            .toList();
    opened.clear();
    for (Opened next : order) {
      Optional<WarpException> failure = close(next);
      if (failure.isPresent() && first.isPresent()) {
        first.get().addSuppressed(failure.get());
      }
      first = first.or(() -> failure);
    }
    if (first.isPresent()) {
      throw first.get();
    }
  }

  /**
   * Runs an action as soon as no code of a plugin runs any more that did not end in time, here or
   * on other threads: now, or when it ends.
   */
  void whenNothingRuns(List<Runnable> others, Runnable action) {
    bounded.whenNothingRuns(others, action);
  }

  private Optional<WarpException> close(Opened next) {
    Class<?> type = next.thing().getClass();
    try {
      bounded.run(
          next.plugin(),
          "close",
          type,
          () -> {
            next.thing().close();
            return next;
          });
      return Optional.empty();
    } catch (WarpException e) {
      return Optional.of(e);
    } catch (Throwable e) {
      return Optional.of(
          new WarpException(
              CoreError.INTERNAL_ERROR,
              "The plugin ["
                  + next.plugin()
                  + "] failed to close ["
                  + type.getName()
                  + "]: "
                  + e
                  + ".",
              "Everything else was closed. Report this to the plugin's author.",
              e));
    }
  }

  private <T> T run(String plugin, String doing, Class<?> type, Callable<T> action) {
    try {
      return bounded.run(plugin, doing, type, action);
    } catch (WarpException e) {
      throw e;
    } catch (Throwable e) {
      throw new WarpException(
          CoreError.PLUGIN_START_FAILED,
          "The plugin ["
              + plugin
              + "] failed to "
              + doing
              + " ["
              + type.getName()
              + "]: "
              + e
              + ".",
          "Remove the plugin, or report this to its author.",
          e);
    }
  }
}
