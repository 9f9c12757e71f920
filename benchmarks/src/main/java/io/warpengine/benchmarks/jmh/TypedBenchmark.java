package io.warpengine.benchmarks.jmh;

import io.warpengine.api.Bytes;
import io.warpengine.records.RecordCodec;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Records to bytes and back, on one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TypedBenchmark {

  private final RecordCodec<User> codec = RecordCodec.of(User.class);
  private final String[] names = new String[1024];
  private final String[] emails = new String[1024];
  private final Bytes[] stored = new Bytes[1024];
  private int next;

  /**
   * A record of five components that judges its values.
   *
   * @param id a number
   * @param name not empty
   * @param email with an at sign
   * @param age not negative
   * @param balance a number
   */
  public record User(long id, String name, String email, int age, double balance) {

    /** Checks the values. */
    public User {
      if (name.isEmpty() || email.indexOf('@') < 0 || age < 0 || Double.isNaN(balance)) {
        throw new IllegalArgumentException("No user has these values.");
      }
    }
  }

  /** Makes the texts. */
  public TypedBenchmark() {
    for (int i = 0; i < names.length; i++) {
      names[i] = "User " + i;
      emails[i] = "user." + i + "@example.org";
      stored[i] = codec.encode(made(i));
    }
  }

  private User made(int i) {
    return new User(i * 7919L, names[i & 1023], emails[i & 1023], i & 63, i * 0.25);
  }

  /**
   * A record made, encoded, decoded and so judged twice.
   *
   * @return the record that was read
   */
  @Benchmark
  public User makeEncodeDecode() {
    return codec.decode(codec.encode(made(next++)));
  }

  /**
   * A record made and encoded.
   *
   * @return its bytes
   */
  @Benchmark
  public Bytes encode() {
    return codec.encode(made(next++));
  }

  /**
   * A record decoded.
   *
   * @return the record
   */
  @Benchmark
  public User decode() {
    return codec.decode(stored[next++ & 1023]);
  }
}
