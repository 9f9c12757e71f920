package io.warpengine.samples.embedded;

import io.warpengine.api.Warp;
import io.warpengine.api.WarpDatabase;
import io.warpengine.records.Index;
import io.warpengine.records.IndexCursor;
import io.warpengine.records.Records;
import io.warpengine.records.ShardHint;
import io.warpengine.records.TypedSpace;
import java.nio.file.Path;

/** Keeps moons of planets as records, and finds them by their size. */
public final class Typed {

  private Typed() {}

  /** A key: the moons of one planet lie together. */
  private record Name(@ShardHint String planet, String moon) {}

  private record Moon(int kilometres, double days) {}

  /**
   * Runs the program.
   *
   * @param args the directory
   */
  public static void main(String[] args) {
    try (WarpDatabase database = Warp.open(Path.of(args[0]))) {
      TypedSpace<Name, Moon> moons = Records.of(database).as(Name.class, Moon.class);
      Index<Integer, Name, Moon> bySize = moons.index("by-size", Moon::kilometres);
      moons.put(new Name("Mars", "Phobos"), new Moon(22, 0.32));
      moons.put(new Name("Jupiter", "Io"), new Moon(3643, 1.77));
      moons.put(new Name("Jupiter", "Europa"), new Moon(3122, 3.55));
      try (IndexCursor<Integer, Name, Moon> large = bySize.range(1000, 10_000)) {
        large.forEachRemaining(entry -> System.out.println(entry.key().moon()));
      }
    }
  }
}
