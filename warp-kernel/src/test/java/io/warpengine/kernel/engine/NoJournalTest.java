package io.warpengine.kernel.engine;

import io.warpengine.spi.disk.Disk;
import io.warpengine.spi.journal.Journal;
import io.warpengine.testkit.JournalContract;
import java.util.Set;

final class NoJournalTest extends JournalContract {

  @Override
  protected Journal newJournal(Disk disk) {
    return new NoJournal();
  }

  @Override
  protected Set<Capability> capabilities() {
    return Set.of();
  }
}
