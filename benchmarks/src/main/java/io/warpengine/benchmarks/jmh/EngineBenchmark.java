package io.warpengine.benchmarks.jmh;

import io.warpengine.api.Bytes;
import io.warpengine.api.Receipt;
import io.warpengine.api.Scan;
import io.warpengine.api.ScanCursor;
import io.warpengine.api.WarpDatabase;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** The database in memory, called by one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EngineBenchmark {

  private static final int SCANNED = 1000;

  private final Bytes[] present = Keys.keys(1);
  private final Bytes[] absent = Keys.keys(2);
  private final Bytes value = Keys.value();
  private WarpDatabase database = Keys.database();
  private int next;

  /** Fills the database. */
  @Setup
  public void open() {
    database.close();
    database = Keys.database(present);
  }

  /** Closes the database. */
  @TearDown
  public void close() {
    database.close();
  }

  /**
   * A read that finds a record.
   *
   * @return the value
   */
  @Benchmark
  public Optional<Bytes> getPresent() {
    return database.get(present[next++ & Keys.COUNT - 1]);
  }

  /**
   * A read that finds nothing.
   *
   * @return nothing
   */
  @Benchmark
  public Optional<Bytes> getAbsent() {
    return database.get(absent[next++ & Keys.COUNT - 1]);
  }

  /**
   * A put over a record.
   *
   * @return the receipt
   */
  @Benchmark
  public Receipt overwrite() {
    return database.put(present[next++ & Keys.COUNT - 1], value);
  }

  /**
   * A put of a new record and its deletion.
   *
   * @return the receipt of the deletion
   */
  @Benchmark
  public Optional<Receipt> insertAndDelete() {
    Bytes key = absent[next++ & Keys.COUNT - 1];
    database.put(key, value);
    return database.delete(key);
  }

  /**
   * A thousand records in order, from anywhere.
   *
   * @param sink takes them
   */
  @Benchmark
  @OperationsPerInvocation(SCANNED)
  public void scan(Blackhole sink) {
    Bytes from = absent[next++ & Keys.COUNT - 1];
    Scan scan = new Scan(from, Optional.empty(), false, SCANNED, Optional.empty());
    try (ScanCursor cursor = database.scan(scan)) {
      while (cursor.hasNext()) {
        sink.consume(cursor.next());
      }
    }
  }
}
