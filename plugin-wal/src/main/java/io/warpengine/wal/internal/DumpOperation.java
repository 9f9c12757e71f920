package io.warpengine.wal.internal;

import io.warpengine.api.Bytes;
import io.warpengine.api.Tree;
import io.warpengine.spi.Operation;
import io.warpengine.spi.Operation.Argument;
import io.warpengine.spi.OperationCall;
import io.warpengine.spi.OperationHandler;
import io.warpengine.spi.disk.Disk;
import io.warpengine.spi.disk.Disk.Access;
import io.warpengine.spi.disk.DiskFile;
import io.warpengine.spi.store.Manifest;
import io.warpengine.spi.store.SpaceKeys;
import io.warpengine.wal.internal.SegmentChain.Link;
import io.warpengine.wal.internal.v1.Frame;
import io.warpengine.wal.internal.v1.Records;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** {@code wal dump}: the log's records, one row each. */
final class DumpOperation implements OperationHandler {

  static final Operation DECLARED =
      new Operation(
          "wal dump",
          "Shows the records of the log, oldest first.",
          List.of(
              Argument.optional("from", Operation.Type.INTEGER, "The LSN to begin at.", "0"),
              Argument.optional(
                  "limit", Operation.Type.INTEGER, "The largest number of rows.", "1000"),
              Argument.optional(
                  "shard", Operation.Type.INTEGER, "Only this shard; -1 for all.", "-1"),
              Argument.optional("values", Operation.Type.FLAG, "Whether to show values.", "false")),
          Operation.Mode.OFFLINE);

  private final Disk disk;
  private final Manifest manifest;

  @Inject
  DumpOperation(Disk disk, Manifest manifest) {
    this.disk = disk;
    this.manifest = manifest;
  }

  @Override
  public Tree run(OperationCall call) {
    SegmentChain chain = SegmentChain.read(disk, manifest.databaseId(), WalState.read(manifest));
    Dump dump = new Dump(call);
    long end = 0;
    for (Link link : chain.live()) {
      if (link.limit() > dump.from && !dump.isFull()) {
        dump.segment = link.header().number();
        try (DiskFile file = disk.open(link.path(), Access.READ)) {
          end =
              new LogScanner(file, link.header())
                  .scan(link.header().firstLsn(), link.limit(), dump);
        }
      }
    }
    return Tree.map().with("rows", dump.rows).with("end-lsn", end);
  }

  /** Turns frames into rows. */
  private static final class Dump implements LogScanner.Visitor {

    private final OperationCall call;
    private final long from;
    private final long limit;
    private final long shard;
    private final boolean values;
    private final Records.Reader reader = new Records.Reader();
    private long segment;
    private long rows;

    Dump(OperationCall call) {
      this.call = call;
      this.from = call.integer("from");
      this.limit = call.integer("limit");
      this.shard = call.integer("shard");
      this.values = call.flag("values");
    }

    boolean isFull() {
      return rows >= limit;
    }

    @Override
    public void frame(long lsn, byte[] bytes, int at) {
      if (lsn < from || isFull()) {
        return;
      }
      int payloadAt = at + Frame.HEADER_BYTES;
      int payload = Frame.payloadBytes(bytes, at);
      int type = Frame.type(bytes, at);
      Tree place =
          Tree.map()
              .with("segment", segment)
              .with("lsn", lsn)
              .with("type", typeName(type))
              .with("frame-bytes", Frame.size(payload));
      reader.reset(bytes, payloadAt, payloadAt + payload);
      if (type == Frame.RECORD || type == Frame.BATCH) {
        int count = type == Frame.BATCH ? reader.readCount() : 1;
        for (int i = 0; i < count && !isFull(); i++) {
          reader.readRecord();
          record(place, bytes);
        }
      } else if (shard < 0) {
        row(place.with("durable-lsn", Frame.durableLsn(bytes, at)));
      }
    }

    private void record(Tree place, byte[] bytes) {
      if (shard >= 0 && shard != reader.shard()) {
        return;
      }
      int keySize = reader.keySize();
      int expiry = reader.expires() ? 8 : 0;
      int valueSize = reader.dataSize() - keySize - expiry;
      Tree row =
          place
              .with("shard", reader.shard())
              .with("sequence", reader.sequence())
              .with("operation", reader.tombstone() ? "delete" : "put");
      Bytes stored = Bytes.wrap(bytes, reader.dataAt(), keySize);
      int space = SpaceKeys.spaceOf(stored);
      if (space != SpaceKeys.DEFAULT) {
        row = row.with("space", space);
      }
      int keyAt = SpaceKeys.keyAt(stored);
      row = withBytes(row, "key", bytes, reader.dataAt() + keyAt, keySize - keyAt);
      row = row.with("value-bytes", valueSize);
      if (expiry > 0) {
        long millis = Bytes.wrap(bytes, reader.dataAt() + keySize + valueSize, 8).longAt(0);
        row = row.with("expires-at-millis", millis);
      }
      if (values && !reader.tombstone()) {
        row = withBytes(row, "value", bytes, reader.dataAt() + keySize, valueSize);
      }
      row(row);
    }

    private void row(Tree row) {
      rows++;
      call.row(row);
    }

    private static String typeName(int type) {
      return switch (type) {
        case Frame.RECORD -> "record";
        case Frame.BATCH -> "batch";
        case Frame.SEAL -> "seal";
        default -> "type-" + type;
      };
    }

    /** Text as it is, anything else as base64 under a name that says so. */
    private static Tree withBytes(Tree row, String name, byte[] source, int from, int length) {
      String text = new String(source, from, length, StandardCharsets.UTF_8);
      byte[] bytes = java.util.Arrays.copyOfRange(source, from, from + length);
      boolean printable =
          text.codePoints().noneMatch(Character::isISOControl)
              && java.util.Arrays.equals(bytes, text.getBytes(StandardCharsets.UTF_8));
      return printable
          ? row.with(name, text)
          : row.with(name + "-base64", Base64.getEncoder().encodeToString(bytes));
    }
  }
}
