package io.warpengine.testkit;

import io.warpengine.api.Bytes;
import io.warpengine.api.CoreError;
import io.warpengine.api.Position;
import io.warpengine.api.WarpException;
import io.warpengine.api.Watch;
import io.warpengine.spi.store.StoredRecord;
import io.warpengine.testkit.ReferenceDatabase.Bug;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The simplest watches that keep the contract: a thread each, and everything remembered. */
final class ReferenceWatches {

  private final Set<Bug> bugs;
  private final List<Watch.Event> history = new ArrayList<>();
  private final List<One> open = new CopyOnWriteArrayList<>();
  private final Position beginning;

  ReferenceWatches(Position beginning, Set<Bug> bugs) {
    this.beginning = beginning;
    this.bugs = bugs;
  }

  private static Bytes key(Watch.Event event) {
    return switch (event) {
      case Watch.Event.Put put -> put.key();
      case Watch.Event.Delete delete -> delete.key();
      case Watch.Event.Gap gap -> Bytes.EMPTY;
    };
  }

  private static Position position(Watch.Event event) {
    return switch (event) {
      case Watch.Event.Put put -> put.position();
      case Watch.Event.Delete delete -> delete.position();
      case Watch.Event.Gap gap -> gap.after();
    };
  }

  void written(StoredRecord record, Position position) {
    Watch.Event event =
        record.isTombstone()
            ? new Watch.Event.Delete(record.key(), record.sequence(), position)
            : new Watch.Event.Put(
                record.key(),
                record.value(),
                record.sequence(),
                position,
                record.expires()
                    ? Optional.of(Instant.ofEpochMilli(record.expiresAtMillis()))
                    : Optional.empty());
    if (record.isTombstone() && bugs.contains(Bug.WATCHES_NO_DELETES)) {
      return;
    }
    history.add(event);
    open.forEach(watch -> watch.offer(event));
  }

  Watch open(Bytes prefix, Watch.Options options, Watch.Listener listener) {
    One watch = new One(prefix, options, listener);
    options
        .from()
        .ifPresent(from -> {
          if (from.includes(beginning)) {
            history.stream().filter(event -> !from.includes(position(event))).forEach(watch::offer);
          } else {
            watch.tell(new Watch.Event.Gap(from));
          }
        });
    open.add(watch);
    return watch;
  }

  boolean isNeeded() {
    return !open.isEmpty();
  }

  void close() {
    WarpException reason = new WarpException(CoreError.CLOSED, "It is closed.", "");
    open.forEach(watch -> watch.end(reason));
  }

  /** One of them. */
  private final class One implements Watch {

    private final Bytes prefix;
    private final Options options;
    private final Listener listener;
    private final ExecutorService thread =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean lost;
    private volatile boolean closed;
    private volatile Optional<Thread> telling = Optional.empty();

    One(Bytes prefix, Options options, Listener listener) {
      this.prefix = prefix;
      this.options = options;
      this.listener = listener;
    }

    void offer(Event event) {
      if (waiting.incrementAndGet() > options.capacity() || lost) {
        waiting.decrementAndGet();
        if (!lost) {
          lost = true;
          thread.execute(() -> {
            lost = false;
            if (!bugs.contains(Bug.WATCHES_WITHOUT_GAPS)) {
              call(new Event.Gap(beginning));
            }
          });
        }
        return;
      }
      thread.execute(() -> {
        waiting.decrementAndGet();
        if (key(event).startsWith(prefix) || bugs.contains(Bug.WATCHES_EVERY_KEY)) {
          call(event);
        }
      });
    }

    void tell(Event event) {
      thread.execute(() -> call(event));
    }

    private void call(Event event) {
      if (closed && !bugs.contains(Bug.WATCHES_AFTER_CLOSE)) {
        return;
      }
      telling = Optional.of(Thread.currentThread());
      try {
        listener.onEvent(event);
      } catch (RuntimeException e) {
        if (!bugs.contains(Bug.WATCHES_AFTER_A_FAILURE)) {
          closed = true;
          listener.onEnd(new WarpException(CoreError.WATCH_FAILED, "It threw.", "", e));
        }
      } finally {
        telling = Optional.empty();
      }
    }

    void end(WarpException reason) {
      thread.execute(() -> {
        if (!closed && !bugs.contains(Bug.ENDS_WATCHES_IN_SILENCE)) {
          closed = true;
          listener.onEnd(reason);
        }
      });
      thread.shutdown();
    }

    @Override
    public boolean isOpen() {
      return !closed;
    }

    @Override
    public void close() {
      closed = true;
      if (!bugs.contains(Bug.WATCHES_AFTER_CLOSE)) {
        open.remove(this);
        thread.shutdown();
      }
      Optional<Thread> teller = telling;
      while (teller.isPresent() && !teller.get().equals(Thread.currentThread())) {
        Thread.onSpinWait();
        teller = telling;
      }
    }
  }
}
