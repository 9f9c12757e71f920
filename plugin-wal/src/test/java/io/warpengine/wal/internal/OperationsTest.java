package io.warpengine.wal.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.Bytes;
import io.warpengine.api.Durability;
import io.warpengine.api.Tree;
import io.warpengine.spi.Operation;
import io.warpengine.spi.OperationCall;
import io.warpengine.spi.OperationHandler;
import io.warpengine.spi.store.Manifest;
import io.warpengine.spi.store.SpaceKeys;
import io.warpengine.spi.store.StoredRecord;
import io.warpengine.testkit.DiskManifest;
import io.warpengine.testkit.SimDisk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class OperationsTest {

  private final List<Tree> rows = new ArrayList<>();

  private Map<?, ?> run(Operation operation, OperationHandler handler, Object... arguments) {
    rows.clear();
    return (Map<?, ?>) handler.run(new Call(operation, rows, arguments)).value();
  }

  private List<Object> column(String name) {
    return rows.stream().<Object>map(row -> ((Map<?, ?>) row.value()).get(name)).toList();
  }

  private static SimDisk disk() {
    SimDisk disk = new SimDisk();
    WalJournal journal = Logs.open(disk, new Recorded());
    journal.stage(1, StoredRecord.of(Bytes.utf8("a"), Bytes.utf8("x"), 0, 1, 77));
    byte[] binary = {(byte) 0xff, 0};
    journal.stage(
        new int[] {1, 2},
        new StoredRecord[] {
          StoredRecord.of(
              SpaceKeys.stored(SpaceKeys.DEFAULT, Bytes.copyOf(binary)),
              Bytes.copyOf(binary),
              0,
              2,
              0),
          StoredRecord.tombstone(SpaceKeys.stored(7, Bytes.utf8("b")), 0, 1)
        },
        2);
    journal.close();
    return disk;
  }

  private static Manifest manifest(SimDisk disk) {
    return DiskManifest.on(disk, Logs.ID);
  }

  @Test
  void dumpShowsEveryRecordWithoutChangingAnyFile() {
    SimDisk disk = disk();
    long before = disk.mutations();
    DumpOperation dump = new DumpOperation(disk, manifest(disk));
    Map<?, ?> result = run(DumpOperation.DECLARED, dump, "values", true);
    assertThat(disk.mutations()).isEqualTo(before);
    assertThat(column("type")).containsExactly("record", "batch", "batch", "seal");
    assertThat(column("operation")).containsExactly("put", "put", "delete", null);
    assertThat(column("key")).containsExactly("a", null, "b", null);
    assertThat(column("key-base64")).containsExactly(null, "/wA=", null, null);
    assertThat(column("space")).containsExactly(null, null, 7L, null);
    assertThat(column("value")).containsExactly("x", null, null, null);
    assertThat(column("expires-at-millis")).containsExactly(77L, null, null, null);
    assertThat(result.get("rows")).isEqualTo(4L);
  }

  @Test
  void dumpCanBeNarrowed() {
    SimDisk disk = disk();
    DumpOperation dump = new DumpOperation(disk, manifest(disk));
    run(DumpOperation.DECLARED, dump, "shard", 2L);
    assertThat(column("key")).containsExactly("b");
    run(DumpOperation.DECLARED, dump, "limit", 2L);
    assertThat(rows).hasSize(2);
    run(DumpOperation.DECLARED, dump, "from", 1L);
    assertThat(column("type")).containsExactly("batch", "batch", "seal");
  }

  @Test
  void segmentsAreListed() {
    SimDisk disk = disk();
    Map<?, ?> result = run(SegmentsOperation.DECLARED, new SegmentsOperation(disk, manifest(disk)));
    assertThat(column("segment")).containsExactly(1L);
    assertThat(column("first-lsn")).containsExactly(0L);
    assertThat(result.get("incarnation")).isEqualTo(1L);
    assertThat((long) result.get("clean-lsn")).isPositive();
  }

  @Test
  void verifyFindsNothingInAnIntactLog() {
    SimDisk disk = disk();
    Map<?, ?> result = run(VerifyOperation.DECLARED, new VerifyOperation(disk, manifest(disk)));
    assertThat(rows).isEmpty();
    assertThat(result.get("damages")).isEqualTo(0L);
    assertThat(result.get("records")).isEqualTo(3L);
    assertThat(result.get("closed-cleanly")).isEqualTo(true);
  }

  @Test
  void verifyNamesDamagedLogAndSaysWhatSalvageKeeps() {
    SimDisk disk = disk();
    String path = SegmentFiles.segmentPath(1);
    byte[] bytes = disk.content(path);
    bytes[4096 + 40] ^= 1;
    disk.plant(path, bytes);
    VerifyOperation verify = new VerifyOperation(disk, manifest(disk));
    Map<?, ?> result = run(VerifyOperation.DECLARED, verify, "salvage", true);
    assertThat(column("file")).containsExactly(path);
    assertThat(column("offset")).containsExactly(4096L);
    assertThat(result.get("records-kept")).isEqualTo(2L);
  }

  @Test
  void verifyNamesDamagedCheckpoints() {
    SimDisk disk = new SimDisk();
    MemoryOwner owner = new MemoryOwner();
    WalJournal journal = Logs.open(disk, Logs.SMALL, new Recorded(), owner);
    JournalFacade log = new JournalFacade(Logs.SMALL, journal);
    log.checkpoint();
    journal.close();
    for (String path :
        List.of(Checkpoint.path(1, "memory", "content"), Checkpoint.catalogPath(1))) {
      SimDisk damaged = disk.kill();
      byte[] bytes = damaged.content(path);
      bytes[bytes.length - 1] ^= 1;
      damaged.plant(path, bytes);
      run(VerifyOperation.DECLARED, new VerifyOperation(damaged, manifest(damaged)));
      assertThat(column("code")).containsExactly("W5002");
    }
    SimDisk intact = disk.kill();
    run(VerifyOperation.DECLARED, new VerifyOperation(intact, manifest(intact)));
    assertThat(rows).isEmpty();
  }

  @Test
  void statusAndCheckpointSpeakOfTheOpenLog() {
    SimDisk disk = new SimDisk();
    WalJournal journal = Logs.open(disk, Logs.SMALL, new Recorded(), new MemoryOwner());
    JournalFacade log = new JournalFacade(Logs.SMALL, journal);
    long lsn = journal.stage(0, Logs.record(1, 10));
    journal.await(lsn, Durability.SYNC);
    Map<?, ?> status = run(StatusOperation.DECLARED, new StatusOperation(log));
    assertThat(status.get("durability")).isEqualTo("sync");
    assertThat((long) status.get("durable-lsn")).isGreaterThanOrEqualTo(lsn);
    assertThat(status.get("refusal")).isEqualTo("");
    Map<?, ?> made = run(CheckpointOperation.DECLARED, new CheckpointOperation(log));
    assertThat(made.get("checkpoint")).isEqualTo(1L);
    assertThat((long) made.get("lsn")).isGreaterThanOrEqualTo(lsn);
    journal.close();
  }

  /** Arguments by name, else the declared default. */
  private record Call(Operation operation, List<Tree> rows, Object[] arguments)
      implements OperationCall {

    private String value(String name) {
      for (int i = 0; i < arguments.length; i += 2) {
        if (arguments[i].equals(name)) {
          return arguments[i + 1].toString();
        }
      }
      return operation.arguments().stream()
          .filter(argument -> argument.name().equals(name))
          .findFirst()
          .orElseThrow()
          .defaultValue()
          .orElseThrow();
    }

    @Override
    public String text(String name) {
      return value(name);
    }

    @Override
    public long integer(String name) {
      return Long.parseLong(value(name));
    }

    @Override
    public double number(String name) {
      return Double.parseDouble(value(name));
    }

    @Override
    public boolean flag(String name) {
      return Boolean.parseBoolean(value(name));
    }

    @Override
    public void row(Tree row) {
      rows.add(row);
    }
  }
}
