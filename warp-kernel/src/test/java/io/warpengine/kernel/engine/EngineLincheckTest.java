package io.warpengine.kernel.engine;

import io.warpengine.api.Bytes;
import io.warpengine.api.WriteOptions;
import java.util.Optional;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/** Whether histories of several threads could have happened one by one, by Lincheck. */
@Param(name = "key", gen = IntGen.class, conf = "1:3")
@Param(name = "value", gen = IntGen.class, conf = "1:3")
public final class EngineLincheckTest {

  private final Engine engine = newEngine();

  private static Engine newEngine() {
    EngineFixture fixture = new EngineFixture();
    fixture.shards = 2;
    return fixture.open();
  }

  private static Bytes text(int number) {
    return Bytes.utf8("" + number);
  }

  private static int number(Optional<Bytes> value) {
    return value.map(bytes -> Integer.parseInt(bytes.toUtf8())).orElse(-1);
  }

  /** Reads. */
  @Operation
  public int get(@Param(name = "key") int key) {
    return number(engine.get(text(key)));
  }

  /** Puts. */
  @Operation
  public void put(@Param(name = "key") int key, @Param(name = "value") int value) {
    engine.put(text(key), text(value));
  }

  /** Deletes. */
  @Operation
  public boolean delete(@Param(name = "key") int key) {
    return engine.delete(text(key)).isPresent();
  }

  /** Puts if absent. */
  @Operation
  public boolean putIfAbsent(@Param(name = "key") int key, @Param(name = "value") int value) {
    return engine.putIfAbsent(text(key), text(value), WriteOptions.DEFAULT).isPresent();
  }

  /** Replaces. */
  @Operation
  public boolean compareAndSet(
      @Param(name = "key") int key,
      @Param(name = "value") int expected,
      @Param(name = "value") int value) {
    return engine
        .compareAndSet(text(key), text(expected), text(value), WriteOptions.DEFAULT)
        .isPresent();
  }

  /** Counts. */
  @Operation
  public long increment(@Param(name = "key") int key) {
    return engine.increment(text(key), 1, WriteOptions.DEFAULT).value();
  }

  @Test
  void singleWritesAndReadsAreLinearizable() {
    new StressOptions()
        .iterations(5)
        .invocationsPerIteration(500)
        .threads(3)
        .actorsPerThread(3)
        .check(EngineLincheckTest.class);
  }
}
