package io.warpengine.wal.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warpengine.api.CoreError;
import io.warpengine.api.ErrorCode;
import io.warpengine.api.WarpException;
import io.warpengine.spi.store.Manifest;
import io.warpengine.testkit.DiskManifest;
import io.warpengine.testkit.SimDisk;
import io.warpengine.wal.WalError;
import io.warpengine.wal.internal.v1.Frame;
import io.warpengine.wal.internal.v1.SegmentHeader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** What this engine does not know it does not touch. */
final class FormatVersionTest {

  private static final String FIRST = SegmentFiles.segmentPath(1);

  private static SimDisk disk() {
    SimDisk disk = new SimDisk();
    WalJournal journal = Logs.open(disk, Logs.SMALL, new Recorded(), new MemoryOwner());
    journal.stage(0, Logs.record(1, 10));
    new JournalFacade(Logs.SMALL, journal).checkpoint();
    journal.stage(0, Logs.record(2, 10));
    journal.close();
    return disk;
  }

  private static void refuses(SimDisk disk, ErrorCode code) {
    long before = disk.mutations();
    assertThatThrownBy(() -> Logs.open(disk, Logs.SMALL, new Recorded(), new MemoryOwner()))
        .isInstanceOfSatisfying(
            WarpException.class, e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
    assertThat(disk.mutations()).as("files changed").isEqualTo(before);
  }

  private static SimDisk changed(String path, Consumer<ByteBuffer> change) {
    SimDisk disk = disk();
    byte[] bytes = disk.content(path);
    change.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    return disk.plant(path, bytes);
  }

  private static int checksum(ByteBuffer bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.array(), from, length);
    return (int) crc.getValue();
  }

  @Test
  void aSegmentOfANewerFormatIsRefused() {
    refuses(
        changed(
            FIRST,
            bytes -> {
              bytes.putInt(8, 2);
              bytes.putInt(124, checksum(bytes, 0, 124));
            }),
        CoreError.FORMAT_TOO_NEW);
  }

  @Test
  void aCheckpointFileOfANewerFormatIsRefused() {
    refuses(
        changed(
            Checkpoint.catalogPath(1),
            bytes -> {
              bytes.putInt(8, 2);
              bytes.putInt(60, checksum(bytes, 0, 60));
            }),
        CoreError.FORMAT_TOO_NEW);
  }

  private static void lastFrame(ByteBuffer bytes, int type, byte firstByte) {
    SegmentHeader header = SegmentHeader.decode(bytes.array()).orElseThrow();
    int at = SegmentHeader.BYTES;
    at += Frame.size(Frame.payloadBytes(bytes.array(), at));
    bytes.put(at + Frame.HEADER_BYTES, firstByte);
    Frame.complete(
        bytes.array(),
        at,
        type,
        Frame.payloadBytes(bytes.array(), at),
        1,
        header.salt(),
        at - (long) SegmentHeader.BYTES,
        0);
  }

  @Test
  void aFrameOfAnUnknownTypeIsRefused() {
    refuses(changed(FIRST, bytes -> lastFrame(bytes, 99, (byte) 0)), CoreError.FORMAT_TOO_NEW);
  }

  @Test
  void aMalformedPayloadIsRefused() {
    refuses(
        changed(FIRST, bytes -> lastFrame(bytes, Frame.RECORD, (byte) 0x40)), WalError.LOG_DAMAGED);
  }

  private static void changeState(SimDisk disk, String name, String value) {
    Manifest manifest = DiskManifest.on(disk, Logs.ID);
    SortedMap<String, String> section = new TreeMap<>(manifest.section("wal"));
    section.put(name, value);
    manifest.commit("wal", section);
  }

  @Test
  void aLogOfANewerFormatIsRefused() {
    SimDisk disk = disk();
    changeState(disk, "format-version", "2");
    refuses(disk, CoreError.FORMAT_TOO_NEW);
  }

  @Test
  void aStateThatIsNoNumberIsRefused() {
    SimDisk disk = disk();
    changeState(disk, "clean-lsn", "many");
    refuses(disk, WalError.STATE_DAMAGED);
  }

  @Test
  void aManifestThatIsOlderThanTheLogIsRefused() {
    SimDisk disk = disk();
    changeState(disk, "incarnation", "0");
    refuses(disk, WalError.STATE_DAMAGED);
  }
}
