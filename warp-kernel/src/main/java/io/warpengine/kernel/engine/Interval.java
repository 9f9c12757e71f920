package io.warpengine.kernel.engine;

import io.warpengine.api.Bytes;
import io.warpengine.api.Scan;
import io.warpengine.spi.store.SpaceKeys;
import java.util.List;
import java.util.Optional;

/**
 * A run of stored keys that a scan goes through in one go, as {@link
 * io.warpengine.spi.store.ShardStore#scan} takes it.
 *
 * @param from the first key in the direction of the walk; empty bytes mean from the very first
 * @param inclusive whether a record with exactly that key belongs to it
 * @param end the key at which to stop, never included going up, always included going down
 */
record Interval(Bytes from, boolean inclusive, Optional<Bytes> end) {

  private static final Bytes FIRST_ESCAPED = Bytes.copyOf(new byte[] {-1, -1});

  /**
   * The stored keys of a scan.
   *
   * @param space whose keys
   * @param scan which of them
   * @param place the key after which to go on; empty to begin
   * @return in the direction of the walk: two for a scan of the default space that has named spaces
   *     in between, none for an empty range
   */
  static List<Interval> of(Space space, Scan scan, Optional<Bytes> place) {
    if (scan.to().isPresent() && scan.from().compareTo(scan.to().get()) >= 0) {
      return List.of();
    }
    boolean backwards = scan.backwards();
    Range range =
        new Range(
            backwards ? scan.from() : place.orElse(scan.from()),
            backwards || place.isEmpty(),
            backwards && place.isPresent() ? place : scan.to());
    List<Range> stored =
        space.id == SpaceKeys.DEFAULT ? range.ofDefault() : List.of(range.ofNamed(space.id));
    List<Interval> intervals = stored.stream().map(one -> one.towards(backwards)).toList();
    return backwards ? intervals.reversed() : intervals;
  }

  /** The stored keys from a user's key, included, to another. */
  static List<Interval> upwards(Space space, Bytes from, Optional<Bytes> to) {
    return of(space, new Scan(from, to, false, Long.MAX_VALUE, Optional.empty()), Optional.empty());
  }

  /** All stored keys of a named space, upwards. */
  static Interval all(int space) {
    return new Range(Bytes.EMPTY, true, Optional.empty()).ofNamed(space).towards(false);
  }

  /** Keys from the lowest, perhaps included, to before the highest; empty bytes mean no bound. */
  private record Range(Bytes low, boolean lowIncluded, Optional<Bytes> high) {

    Range ofNamed(int space) {
      return new Range(
          low.isEmpty() ? first(space) : SpaceKeys.stored(space, low),
          lowIncluded,
          Optional.of(high.isPresent() ? SpaceKeys.stored(space, high.get()) : first(space + 1)));
    }

    /** All before the marked keys, and all that are marked as keys of the default space. */
    List<Range> ofDefault() {
      boolean lowMarked = isMarked(low);
      boolean highMarked = high.isEmpty() || isMarked(high.get());
      Range plain =
          new Range(low, lowIncluded, highMarked ? Optional.of(SpaceKeys.FIRST_MARKED) : high);
      Range escaped =
          new Range(
              lowMarked ? SpaceKeys.stored(SpaceKeys.DEFAULT, low) : FIRST_ESCAPED,
              !lowMarked || lowIncluded,
              high.map(key -> SpaceKeys.stored(SpaceKeys.DEFAULT, key)));
      if (lowMarked) {
        return List.of(escaped);
      }
      return highMarked ? List.of(plain, escaped) : List.of(plain);
    }

    Interval towards(boolean backwards) {
      return backwards
          ? new Interval(high.orElse(Bytes.EMPTY), false, Optional.of(low).filter(Range::isBound))
          : new Interval(low, lowIncluded, high);
    }

    private static boolean isBound(Bytes key) {
      return !key.isEmpty();
    }

    private static boolean isMarked(Bytes key) {
      return !key.isEmpty() && SpaceKeys.isMarked(key.at(0));
    }

    /** Before all keys of a space. */
    private static Bytes first(int space) {
      return SpaceKeys.stored(space, Bytes.EMPTY);
    }
  }
}
