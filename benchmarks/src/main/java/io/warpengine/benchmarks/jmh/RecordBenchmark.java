package io.warpengine.benchmarks.jmh;

import io.warpengine.api.Bytes;
import io.warpengine.kernel.engine.KeyHash;
import io.warpengine.spi.store.StoredRecord;
import io.warpengine.wal.internal.v1.Frame;
import io.warpengine.wal.internal.v1.Records;
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
import org.openjdk.jmh.annotations.Warmup;

/** What happens to each key and record: hashing, making, comparing, framing. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RecordBenchmark {

  /** Bytes of the key. */
  @Param({"8", "16", "64"})
  public int keyBytes = 16;

  private final KeyHash hash = new KeyHash(42);
  private final Bytes value = Keys.value();
  private final byte[] buffer = new byte[1024];
  private Bytes key = Bytes.EMPTY;
  private StoredRecord record = StoredRecord.of(Bytes.EMPTY, Bytes.EMPTY, 0, 0, 0);

  /** Makes a key of the size. */
  @Setup
  public void make() {
    key = Bytes.copyOf(new byte[keyBytes]);
    record = StoredRecord.of(key, value, 0, 1, 0);
  }

  /**
   * The hash of a key.
   *
   * @return the hash
   */
  @Benchmark
  public long hash() {
    return hash.of(key);
  }

  /**
   * A record from a key and a value of 100 bytes.
   *
   * @return the record
   */
  @Benchmark
  public StoredRecord record() {
    return StoredRecord.of(key, value, 1, 1, 0);
  }

  /**
   * Whether a record has a key.
   *
   * @return true
   */
  @Benchmark
  public boolean hasKey() {
    return record.hasKey(key);
  }

  /**
   * A complete log frame with the record, checksum included.
   *
   * @return the frame's size
   */
  @Benchmark
  public int frame() {
    int payload = Records.size(7, record);
    Records.write(buffer, Frame.HEADER_BYTES, 7, record);
    Frame.complete(buffer, 0, Frame.RECORD, payload, 1, 42, 4096, 0);
    return Frame.size(payload);
  }
}
