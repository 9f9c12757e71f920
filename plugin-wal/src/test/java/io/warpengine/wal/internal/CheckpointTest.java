package io.warpengine.wal.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warpengine.api.CoreError;
import io.warpengine.api.Durability;
import io.warpengine.api.Position;
import io.warpengine.api.WarpException;
import io.warpengine.spi.config.ByteSize;
import io.warpengine.spi.disk.Disk;
import io.warpengine.spi.disk.DiskFile;
import io.warpengine.spi.store.CheckpointSink;
import io.warpengine.spi.store.CheckpointSource;
import io.warpengine.spi.store.Checkpointable;
import io.warpengine.testkit.SimDisk;
import io.warpengine.wal.WalConfig;
import io.warpengine.wal.WalConfig.RecoveryMode;
import io.warpengine.wal.WalError;
import io.warpengine.wal.internal.v1.BlockReader;
import io.warpengine.wal.internal.v1.BlockWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class CheckpointTest {

  private static final WalConfig EAGER =
      new WalConfig(
          Durability.SYNC,
          Duration.ofMillis(200),
          new ByteSize(256 << 10),
          new ByteSize(64 << 10),
          new ByteSize(64 << 10),
          RecoveryMode.STRICT);

  @Test
  void contentComesBackAndTheLogBeforeItIsGivenUp() {
    SimDisk disk = new SimDisk();
    MemoryOwner owner = new MemoryOwner();
    owner.content = new byte[200_000];
    new Random(5).nextBytes(owner.content);
    Arrays.fill(owner.content, 70_000, 190_000, (byte) 7);
    WalJournal journal = Logs.open(disk, Logs.SMALL, new Recorded(), owner);
    for (int i = 1; i <= 200; i++) {
      journal.stage(0, Logs.record(i, 4_000));
    }
    int before = SegmentFiles.numbers(disk).size();
    Position position = new JournalFacade(Logs.SMALL, journal).checkpoint();
    assertThat(position.lsn(0)).isGreaterThan(800_000);
    assertThat(SegmentFiles.numbers(disk)).hasSizeLessThan(before);
    journal.stage(0, Logs.record(201, 10));
    journal.close();
    MemoryOwner again = new MemoryOwner();
    Recorded recorded = new Recorded();
    Logs.open(disk, Logs.SMALL, recorded, again).close();
    assertThat(again.restored).isEqualTo(owner.content);
    assertThat(recorded.all()).containsExactly(Recorded.text(0, Logs.record(201, 10)));
  }

  @Test
  void fullSegmentsAreRecycled() {
    SimDisk disk = new SimDisk();
    WalJournal journal = Logs.open(disk, Logs.SMALL, new Recorded(), new MemoryOwner());
    JournalFacade log = new JournalFacade(Logs.SMALL, journal);
    long creations = 0;
    for (int round = 0; round < 6; round++) {
      if (round == 3) {
        creations = disk.calls(SimDisk.Call.CREATE);
      }
      for (int i = 1; i <= 100; i++) {
        journal.stage(0, Logs.record(100L * round + i, 4_000));
      }
      log.checkpoint();
    }
    // A later round makes the four files of its checkpoint and of the manifest. Its six segments
    // are recycled; the one that is prepared ahead may be new.
    assertThat(disk.calls(SimDisk.Call.CREATE) - creations).isBetween(3L * 4, 3L * 4 + 3);
    journal.close();
    Recorded recorded = new Recorded();
    Logs.open(disk, Logs.SMALL, recorded, new MemoryOwner()).close();
    assertThat(recorded.all()).isEmpty();
  }

  @Test
  void aLongLogIsCheckpointedInTheBackground() {
    SimDisk disk = new SimDisk();
    WalJournal journal = Logs.open(disk, EAGER, new Recorded(), new MemoryOwner());
    for (int i = 1; i <= 100; i++) {
      journal.stage(0, Logs.record(i, 1_000));
    }
    JournalFacade log = new JournalFacade(EAGER, journal);
    while (log.status().checkpoint() == 0) {
      Thread.onSpinWait();
    }
    assertThat(log.status().checkpointLsn()).isGreaterThan(100_000);
    journal.close();
  }

  @Test
  void anInterruptThatAnOwnerLeavesDoesNotStayWithTheLogsThread() {
    AtomicReference<Thread> thread = new AtomicReference<>();
    MemoryOwner interrupting =
        new MemoryOwner(() -> {
          Thread.currentThread().interrupt();
          thread.set(Thread.currentThread());
        });
    WalJournal journal = Logs.open(new SimDisk(), EAGER, new Recorded(), interrupting);
    for (int i = 1; i <= 100; i++) {
      journal.stage(0, Logs.record(i, 1_000));
    }
    while (thread.get() == null || thread.get().isInterrupted()) {
      assertThat(Thread.currentThread().isInterrupted()).as("the time is up").isFalse();
      Thread.onSpinWait();
    }
    journal.close();
  }

  @Test
  void aCheckpointThatTheManifestMayNameIsNotDeleted() {
    SimDisk disk = new SimDisk();
    WalJournal journal = Logs.open(disk, Logs.SMALL, new Recorded(), new MemoryOwner());
    journal.stage(0, Logs.record(1, 10));
    JournalFacade log = new JournalFacade(Logs.SMALL, journal);
    // The directories of the checkpoint, of checkpoints, and of the manifest.
    disk.fail(SimDisk.Call.FORCE_DIRECTORY, 3);
    assertThatThrownBy(log::checkpoint).isInstanceOf(WarpException.class);
    for (SimDisk.Crash mode : SimDisk.Crash.values()) {
      SimDisk left = disk.crash(mode, 1);
      MemoryOwner owner = new MemoryOwner();
      Recorded recorded = new Recorded();
      Logs.open(left, Logs.SMALL, recorded, owner).close();
      assertThat(owner.restores + recorded.all().size()).as(mode.name()).isEqualTo(1);
    }
    log.checkpoint();
    assertThat(log.status().checkpoint()).isEqualTo(1);
    journal.close();
    MemoryOwner again = new MemoryOwner();
    Logs.open(disk, Logs.SMALL, new Recorded(), again).close();
    assertThat(again.restores).isEqualTo(1);
  }

  @Test
  void aClosedLogMakesNoCheckpoint() {
    SimDisk disk = new SimDisk();
    WalJournal journal = Logs.open(disk, Logs.SMALL, new Recorded(), new Versioned(1));
    journal.close();
    assertThatThrownBy(() -> new JournalFacade(Logs.SMALL, journal).checkpoint())
        .isInstanceOfSatisfying(
            WarpException.class, e -> assertThat(e.code()).isEqualTo(CoreError.CLOSED));
  }

  @Test
  void aSegmentThatCannotBeGivenUpKeepsNoOtherOne() {
    SimDisk disk = new SimDisk();
    WalJournal journal = Logs.open(disk, Logs.SMALL, new Recorded(), new MemoryOwner());
    for (int i = 1; i <= 200; i++) {
      journal.stage(0, Logs.record(i, 4_000));
    }
    JournalFacade log = new JournalFacade(Logs.SMALL, journal);
    disk.fail(SimDisk.Call.DELETE, 1);
    log.checkpoint();
    assertThat(log.status().segments()).isEqualTo(1);
    assertThat(SegmentFiles.numbers(disk)).hasSize(2).contains(1L);
    log.checkpoint();
    journal.close();
    Logs.open(disk, Logs.SMALL, new Recorded(), new MemoryOwner()).close();
    assertThat(SegmentFiles.numbers(disk)).doesNotContain(1L);
  }

  @Test
  void withoutOwnersTheLogStays() {
    SimDisk disk = new SimDisk();
    WalJournal journal = Logs.open(disk, new Recorded());
    journal.stage(0, Logs.record(1, 10));
    assertThat(new JournalFacade(Logs.SMALL, journal).checkpoint()).isEqualTo(Position.START);
    journal.close();
    assertThat(Logs.read(disk).all()).hasSize(1);
  }

  @Test
  void stateOfAnOwnerThatIsGoneIsLeftOutAndStateOfANewerOneIsRefused() {
    SimDisk disk = new SimDisk();
    WalJournal journal = Logs.open(disk, Logs.SMALL, new Recorded(), new Versioned(2));
    new JournalFacade(Logs.SMALL, journal).checkpoint();
    journal.close();
    Logs.open(disk.kill(), Logs.SMALL, new Recorded(), new MemoryOwner()).close();
    assertThatThrownBy(() -> Logs.open(disk, Logs.SMALL, new Recorded(), new Versioned(1)))
        .isInstanceOfSatisfying(
            WarpException.class, e -> assertThat(e.code()).isEqualTo(CoreError.FORMAT_TOO_NEW));
    Versioned newer = new Versioned(3);
    Logs.open(disk, Logs.SMALL, new Recorded(), newer).close();
    assertThat(newer.restoredFormat).isEqualTo(2);
  }

  @Test
  void aFileThatIsNotClosedOrWronglyNamedFailsTheCheckpoint() {
    SimDisk disk = new SimDisk();
    Versioned owner = new Versioned(1);
    WalJournal journal = Logs.open(disk, Logs.SMALL, new Recorded(), owner);
    JournalFacade log = new JournalFacade(Logs.SMALL, journal);
    owner.forgetsToClose = true;
    assertThatThrownBy(log::checkpoint).hasMessageContaining("did not close");
    owner.forgetsToClose = false;
    owner.file = "Wrong/Name";
    assertThatThrownBy(log::checkpoint).hasMessageContaining("Wrong/Name");
    assertThat(log.status().checkpoint()).isZero();
    journal.close();
  }

  /** An owner of an empty file. */
  private static final class Versioned implements Checkpointable {

    private final int version;
    private String file = "a";
    private boolean forgetsToClose;
    private int restoredFormat;

    Versioned(int version) {
      this.version = version;
    }

    @Override
    public String owner() {
      return "versioned";
    }

    @Override
    public int formatVersion() {
      return version;
    }

    @Override
    public void write(Position position, CheckpointSink sink) {
      CheckpointSink.Output output = sink.file(file);
      if (!forgetsToClose) {
        output.close();
      }
    }

    @Override
    public void restore(int formatVersion, CheckpointSource source) {
      restoredFormat = formatVersion;
      assertThat(source.files()).containsExactly("a");
      assertThatThrownBy(() -> source.open("b")).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void everyFlippedBitAndEveryTruncationOfABlockFileIsNoticed() {
    SimDisk disk = new SimDisk();
    byte[] content = new byte[1_500];
    new Random(1).nextBytes(content);
    Arrays.fill(content, 300, 1_400, (byte) 1);
    try (DiskFile file = disk.open("f", Disk.Access.CREATE)) {
      BlockWriter writer = new BlockWriter(file, Lz4.compressor(), Logs.ID, 9);
      writer.write(content, 0, 500);
      writer.write(content, 500, 1_000);
      assertThat(writer.total()).isEqualTo(1_500);
      writer.finish();
    }
    byte[] bytes = disk.content("f");
    assertThat(read(disk.kill())).isEqualTo(content);
    for (int bit = 0; bit < 8 * bytes.length; bit += 3) {
      byte[] changed = bytes.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      SimDisk damaged = new SimDisk().plant("f", changed);
      assertThatThrownBy(() -> read(damaged)).as("bit %s", bit).isInstanceOf(WarpException.class);
    }
    for (int size = 0; size < bytes.length; size++) {
      SimDisk shorter = new SimDisk().plant("f", Arrays.copyOf(bytes, size));
      assertThatThrownBy(() -> read(shorter))
          .as("size %s", size)
          .isInstanceOfSatisfying(
              WarpException.class,
              e -> assertThat(e.code()).isEqualTo(WalError.CHECKPOINT_DAMAGED));
    }
    SimDisk longer = new SimDisk().plant("f", Arrays.copyOf(bytes, bytes.length + 1));
    assertThatThrownBy(() -> read(longer)).hasMessageContaining("footer");
    assertThatThrownBy(() ->
            new BlockReader(disk.open("f", Disk.Access.READ), "f", Lz4.decompressor(), Logs.ID, 8))
        .hasMessageContaining("belongs somewhere else");
  }

  private static byte[] read(SimDisk disk) {
    byte[] target = new byte[4_000];
    try (DiskFile file = disk.open("f", Disk.Access.READ)) {
      BlockReader reader = new BlockReader(file, "f", Lz4.decompressor(), Logs.ID, 9);
      int size = reader.read(target, 0, 10);
      size += reader.read(target, size, target.length - size);
      assertThat(reader.drain()).isEqualTo(size);
      return Arrays.copyOf(target, size);
    }
  }

  @Test
  void aCheckpointWhoseFilesAreMissingIsRefused() {
    SimDisk disk = new SimDisk();
    WalJournal journal = Logs.open(disk, Logs.SMALL, new Recorded(), new MemoryOwner());
    new JournalFacade(Logs.SMALL, journal).checkpoint();
    journal.close();
    for (String path :
        List.of(Checkpoint.path(1, "memory", "content"), Checkpoint.catalogPath(1))) {
      SimDisk less = disk.kill();
      less.delete(path);
      assertThatThrownBy(() -> Logs.open(less, Logs.SMALL, new Recorded(), new MemoryOwner()))
          .isInstanceOf(WarpException.class)
          .hasMessageContaining(path);
    }
  }
}
