package io.warpengine.wal.internal;

import io.warpengine.api.Tree;
import io.warpengine.api.WarpException;
import io.warpengine.spi.Operation;
import io.warpengine.spi.Operation.Argument;
import io.warpengine.spi.OperationCall;
import io.warpengine.spi.OperationHandler;
import io.warpengine.spi.disk.Disk;
import io.warpengine.spi.store.Manifest;
import io.warpengine.wal.WalConfig.RecoveryMode;
import io.warpengine.wal.internal.LogReading.Outcome;
import jakarta.inject.Inject;
import java.util.List;

/** {@code wal verify}: reads every log and checkpoint file and lists what is damaged. */
final class VerifyOperation implements OperationHandler {

  static final Operation DECLARED =
      new Operation(
          "wal verify",
          "Reads every log and checkpoint file and lists what is damaged, with file, offset and"
              + " LSN.",
          List.of(
              Argument.optional(
                  "salvage",
                  Operation.Type.FLAG,
                  "Whether to look only at the log that an opening would replay, and to say what"
                      + " salvage would keep of it.",
                  "false")),
          Operation.Mode.OFFLINE);

  private final Disk disk;
  private final Manifest manifest;

  @Inject
  VerifyOperation(Disk disk, Manifest manifest) {
    this.disk = disk;
    this.manifest = manifest;
  }

  @Override
  public Tree run(OperationCall call) {
    WalState state = WalState.read(manifest);
    Findings findings = new Findings(call);
    if (state.checkpoint() > 0) {
      try {
        Checkpoint.read(disk, manifest.databaseId(), state.checkpoint()).verify(findings::add);
      } catch (WarpException e) {
        findings.add(e);
      }
    }
    SegmentChain chain = SegmentChain.read(disk, manifest.databaseId(), state);
    boolean salvage = call.flag("salvage");
    WalState from = salvage || chain.live().isEmpty() ? state : fromTheBeginning(state, chain);
    Outcome outcome;
    long records;
    try (Replayer replayer =
        new Replayer((shard, sequence, data, keySize, expires, tombstone) -> {}, 1)) {
      outcome = new LogReading(disk, from, chain, RecoveryMode.SALVAGE, replayer).read();
      replayer.finish();
      records = replayer.records();
    }
    outcome.damages().forEach(findings::add);
    return Tree.map()
        .with("damages", findings.count)
        .with("segments", chain.live().size())
        .with(salvage ? "records-kept" : "records", records)
        .with("end-lsn", outcome.end())
        .with("durable-lsn", outcome.durable())
        .with("torn-bytes", outcome.tornEnd() - outcome.end())
        .with("closed-cleanly", Tree.of(state.isClean()));
  }

  private static WalState fromTheBeginning(WalState state, SegmentChain chain) {
    long first = chain.live().getFirst().header().firstLsn();
    return state.checkpointed(
        state.checkpoint(), first, state.checkpointEnd(), state.firstSegment());
  }

  /** Reports damage as rows. */
  private static final class Findings {

    private final OperationCall call;
    private int count;

    Findings(OperationCall call) {
      this.call = call;
    }

    void add(Damage damage) {
      count++;
      call.row(
          Tree.map()
              .with("file", damage.path())
              .with("offset", damage.offset())
              .with("from-lsn", damage.fromLsn())
              .with("to-lsn", damage.toLsn())
              .with("what", damage.what()));
    }

    void add(WarpException damage) {
      count++;
      call.row(
          Tree.map()
              .with("code", damage.code().id())
              .with("what", damage.problems().getFirst().what()));
    }
  }
}
