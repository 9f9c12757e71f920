package io.warpengine.wal.internal;

import io.warpengine.spi.disk.Disk;
import io.warpengine.spi.journal.Journal;
import io.warpengine.testkit.JournalCrashContract;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/** The log keeps what every journal keeps. */
final class WalContractTest extends JournalCrashContract {

  @Override
  protected Journal newJournal(Disk disk) {
    return Logs.make(disk, Logs.SMALL);
  }

  @Override
  protected Set<Capability> capabilities() {
    return EnumSet.allOf(Capability.class);
  }

  @Override
  protected int seeds() {
    return 2_000;
  }

  @Override
  protected void checkpoint(Journal journal) {
    Objects.requireNonNull(((WalJournal) journal).log()).checkpoints().checkpoint();
  }
}
