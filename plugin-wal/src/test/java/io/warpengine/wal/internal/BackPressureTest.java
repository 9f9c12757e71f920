package io.warpengine.wal.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.Durability;
import io.warpengine.spi.config.ByteSize;
import io.warpengine.testkit.SimDisk;
import io.warpengine.testkit.SimDisk.Call;
import io.warpengine.wal.WalConfig;
import io.warpengine.wal.WalConfig.RecoveryMode;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class BackPressureTest {

  private static final WalConfig EAGER =
      new WalConfig(
          Durability.INTERVAL,
          Duration.ofMillis(1),
          new ByteSize(256 << 10),
          new ByteSize(64 << 10),
          new ByteSize(1 << 30),
          RecoveryMode.STRICT);

  @Test
  void writersInIntervalModeWaitForASyncThatIsLate() throws Exception {
    SimDisk disk = new SimDisk();
    WalJournal journal = Logs.open(disk, EAGER, new Recorded());
    AtomicBoolean waited = new AtomicBoolean();
    AtomicReference<Thread> writer = new AtomicReference<>();
    disk.before(
        Call.FORCE,
        () -> {
          Thread running = writer.get();
          boolean stream = Thread.currentThread().getName().startsWith("warp-wal-0");
          while (stream && running != null && !waited.get()) {
            waited.set(waitsForTheSync(running));
            Thread.onSpinWait();
          }
        });
    Thread thread =
        Thread.ofPlatform()
            .start(() -> {
              writer.set(Thread.currentThread());
              for (int i = 1; !waited.get(); i++) {
                long lsn = journal.stage(0, Logs.record(i, 10));
                assertThat(journal.await(lsn, Durability.INTERVAL))
                    .isGreaterThanOrEqualTo(Durability.INTERVAL);
              }
            });
    thread.join();
    assertThat(waited).isTrue();
    journal.close();
  }

  private static boolean waitsForTheSync(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .anyMatch(frame ->
            frame.getClassName().equals(Forcing.class.getName())
                && frame.getMethodName().equals("await"));
  }

  @Test
  void aFullRingIsWrittenByWhoeverNeedsRoom() {
    SimDisk disk = new SimDisk();
    WalJournal journal = Logs.open(disk, new Recorded());
    for (int i = 1; i <= 2_000; i++) {
      journal.stage(0, Logs.record(i, 1_000));
    }
    journal.close();
    assertThat(Logs.read(disk).all()).hasSize(2_000);
  }
}
