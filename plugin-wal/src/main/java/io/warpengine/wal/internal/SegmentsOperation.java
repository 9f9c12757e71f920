package io.warpengine.wal.internal;

import io.warpengine.api.Tree;
import io.warpengine.spi.Operation;
import io.warpengine.spi.OperationCall;
import io.warpengine.spi.OperationHandler;
import io.warpengine.spi.disk.Disk;
import io.warpengine.spi.store.Manifest;
import io.warpengine.wal.internal.SegmentChain.Link;
import io.warpengine.wal.internal.v1.SegmentHeader;
import jakarta.inject.Inject;
import java.util.List;

/** {@code wal segments}: the log's files. */
final class SegmentsOperation implements OperationHandler {

  static final Operation DECLARED =
      new Operation(
          "wal segments",
          "Lists the log's files: which part of the log each holds.",
          List.of(),
          Operation.Mode.OFFLINE);

  private final Disk disk;
  private final Manifest manifest;

  @Inject
  SegmentsOperation(Disk disk, Manifest manifest) {
    this.disk = disk;
    this.manifest = manifest;
  }

  @Override
  public Tree run(OperationCall call) {
    WalState state = WalState.read(manifest);
    SegmentChain chain = SegmentChain.read(disk, manifest.databaseId(), state);
    for (Link link : chain.live()) {
      SegmentHeader header = link.header();
      call.row(
          Tree.map()
              .with("segment", header.number())
              .with("file", link.path())
              .with("incarnation", header.incarnation())
              .with("first-lsn", header.firstLsn())
              .with("end-lsn", link.limit())
              .with("bytes", disk.size(link.path())));
    }
    return Tree.map()
        .with("segments", chain.live().size())
        .with("not-needed", chain.obsolete().size())
        .with("damaged", chain.damages().size())
        .with("incarnation", state.incarnation())
        .with("checkpoint", state.checkpoint())
        .with("checkpoint-lsn", state.checkpointLsn())
        .with("clean-lsn", state.cleanLsn());
  }
}
