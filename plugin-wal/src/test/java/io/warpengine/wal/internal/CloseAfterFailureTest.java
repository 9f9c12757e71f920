package io.warpengine.wal.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warpengine.api.CoreError;
import io.warpengine.api.Durability;
import io.warpengine.api.WarpException;
import io.warpengine.testkit.SimDisk;
import io.warpengine.testkit.SimDisk.Call;
import io.warpengine.testkit.SimDisk.Crash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What closing a log says that has failed. */
@Timeout(60)
final class CloseAfterFailureTest {

  private final SimDisk disk = new SimDisk();
  private final WalJournal journal = Logs.open(disk, new Recorded());

  private void failTheLog() {
    disk.fail(Call.FORCE, 1, Long.MAX_VALUE);
    long lsn = journal.stage(0, Logs.record(2, 10));
    assertThatThrownBy(() -> journal.await(lsn, Durability.SYNC))
        .isInstanceOfSatisfying(
            WarpException.class, e -> assertThat(e.code()).isEqualTo(CoreError.OUTCOME_UNKNOWN));
  }

  @Test
  void closingTellsThatUnsyncedWritesMayBeLost() {
    journal.await(journal.stage(0, Logs.record(1, 10)), Durability.SYNC);
    failTheLog();
    assertThatThrownBy(journal::close)
        .isInstanceOfSatisfying(
            WarpException.class, e -> assertThat(e.code()).isEqualTo(CoreError.OUTCOME_UNKNOWN));
    journal.close();
    SimDisk after = disk.crash(Crash.DROP, 1);
    assertThat(Logs.read(after).all())
        .as("what was acknowledged as durable")
        .contains(Recorded.text(0, Logs.record(1, 10)));
  }

  @Test
  void whatWasHandedToTheSystemBeforeTheFailureIsReadAfterwards() {
    journal.await(journal.stage(0, Logs.record(1, 10)), Durability.OS);
    failTheLog();
    assertThatThrownBy(journal::close).isInstanceOf(WarpException.class);
    assertThat(Logs.read(disk.kill()).all()).contains(Recorded.text(0, Logs.record(1, 10)));
  }

  @Test
  void closingIsSilentIfOnlyTheLogsOwnSealWasLost() {
    for (Call call : new Call[] {Call.WRITE, Call.FORCE}) {
      SimDisk failing = new SimDisk();
      WalJournal silent = Logs.open(failing, new Recorded());
      failing.fail(call, 2, Long.MAX_VALUE);
      silent.await(silent.stage(0, Logs.record(1, 10)), Durability.SYNC);
      silent.close();
      assertThat(Logs.read(failing.crash(Crash.DROP, 1)).all())
          .containsExactly(Recorded.text(0, Logs.record(1, 10)));
    }
  }

  @Test
  void closingThatCannotSyncSaysSo() {
    journal.await(journal.stage(0, Logs.record(1, 10)), Durability.OS);
    disk.fail(Call.FORCE, 1, Long.MAX_VALUE);
    assertThatThrownBy(journal::close)
        .isInstanceOfSatisfying(
            WarpException.class, e -> assertThat(e.code()).isEqualTo(CoreError.OUTCOME_UNKNOWN));
  }
}
