package io.warpengine.benchmarks.jmh;

import io.warpengine.api.WarpDatabase;
import io.warpengine.benchmarks.jmh.TypedBenchmark.User;
import io.warpengine.records.Records;
import io.warpengine.records.TypedSpace;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What an index costs a put over a record, in memory and on one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class IndexBenchmark {

  private static final int COUNT = 1 << 16;

  /** Which index there is. */
  @Param({"none", "unique", "several"})
  public String index = "none";

  private final String[] keys = new String[COUNT];
  private final WarpDatabase database = Keys.database();
  private final TypedSpace<String, User> users = Records.of(database).as(String.class, User.class);
  private int next;

  /** Stores the records. */
  @Setup
  public void fill() {
    switch (index) {
      case "unique" -> users.unique("by-email", User::email);
      case "several" -> users.index("by-email", User::email);
      default -> {}
    }
    for (int i = 0; i < COUNT; i++) {
      keys[i] = "user:" + i;
      users.put(keys[i], user(i, 0));
    }
  }

  /** Closes the database. */
  @TearDown
  public void close() {
    database.close();
  }

  private static User user(int number, int change) {
    return new User(number, "User", number + "." + change + "@example.org", 30, change);
  }

  /** The indexed component stays as it is. */
  @Benchmark
  public void same() {
    int number = next++ * 40_503 & COUNT - 1;
    users.put(keys[number], user(number, 0));
  }

  /** The indexed component changes. */
  @Benchmark
  public void changed() {
    int number = next++ * 40_503 & COUNT - 1;
    users.put(keys[number], user(number, next));
  }
}
