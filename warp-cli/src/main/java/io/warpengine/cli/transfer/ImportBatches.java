package io.warpengine.cli.transfer;

import io.warpengine.api.BatchReceipt;
import io.warpengine.api.Bytes;
import io.warpengine.api.CoreError;
import io.warpengine.api.Problem;
import io.warpengine.api.Scan;
import io.warpengine.api.ScanCursor;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpException;
import io.warpengine.api.WarpSpace;
import io.warpengine.api.WriteBatch;
import io.warpengine.cli.CliError;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The batches of one import: gathers records, submits in order, waits for acknowledgements. */
final class ImportBatches implements AutoCloseable {

  private static final int MAX_OUTSTANDING = 256;
  private static final long MAX_BYTES = 8L << 20;

  private final WarpDatabase database;
  private final WarpSpace space;
  private final Importer.Plan plan;
  private final Bytes stateKey;
  private final ArrayDeque<Submitted> outstanding = new ArrayDeque<>();
  private WriteBatch batch = new WriteBatch();
  private long batchBytes;
  private long firstLine;
  private long records;
  private boolean stateStored;
  private ImportState reached = new ImportState(0, 0, 0, 0);

  /** A batch under way, and the lines of the file that it holds. */
  private record Submitted(CompletableFuture<BatchReceipt> stage, long first, long last) {}

  ImportBatches(WarpDatabase database, Importer.Plan plan) {
    this.database = database;
    this.plan = plan;
    this.space = database.space(plan.space());
    this.stateKey = ImportState.key(plan.identity(), plan.space());
  }

  /** What an interrupted import of the same source left. */
  Optional<ImportState> former() {
    Optional<ImportState> former = stored().flatMap(ImportState::of);
    stateStored = former.isPresent();
    return former;
  }

  private Optional<Bytes> stored() {
    return database.spaces().contains(ImportState.SPACE)
        ? database.space(ImportState.SPACE).get(stateKey)
        : Optional.empty();
  }

  /** Notes where storing begins. */
  void begin(long resumed, LineReader lines) {
    records = resumed;
    stateStored |= stored().isPresent();
    reached = state(lines);
  }

  /** Records stored or submitted. */
  long records() {
    return records;
  }

  /** Adds a record; false if its time is over, so that it is removed instead. */
  boolean add(RecordItem item, LineReader lines) {
    if (batch.size() == 0) {
      firstLine = lines.firstLine();
    }
    boolean alive = item.expires().map(time -> time.isAfter(Instant.now())).orElse(true);
    if (!alive) {
      batch.delete(item.key());
    } else if (item.expires().isPresent()) {
      batch.putUntil(item.key(), item.value(), item.expires().get());
    } else {
      batch.put(item.key(), item.value());
    }
    batchBytes += item.key().size() + item.value().size();
    if (alive) {
      records++;
    }
    reached = state(lines);
    if (batch.size() >= plan.batch() || batchBytes >= MAX_BYTES) {
      batch.space(ImportState.SPACE).put(stateKey, reached.stored());
      stateStored = true;
      submit();
    }
    return alive;
  }

  private ImportState state(LineReader lines) {
    return new ImportState(records, lines.lines(), lines.offset(), lines.checksum());
  }

  /** Submits what is left and waits until everything is as durable as asked. */
  void finish() {
    if (batch.size() == 0) {
      firstLine = reached.lines();
    }
    if (stateStored) {
      batch.space(ImportState.SPACE).delete(stateKey);
    }
    if (batch.size() > 0) {
      submit();
    }
    settle(0);
    if (stateStored) {
      dropIfEmpty();
    }
  }

  /** Other imports that were interrupted may still have theirs there. */
  private void dropIfEmpty() {
    try (ScanCursor others = database.space(ImportState.SPACE).scan(Scan.all().limit(1))) {
      if (others.hasNext()) {
        return;
      }
    }
    database.dropSpace(ImportState.SPACE);
  }

  /** Drops the batch that is not submitted yet and waits for the others. */
  void abandon() {
    batch = new WriteBatch();
    settle(0);
  }

  private void submit() {
    CompletableFuture<BatchReceipt> stage =
        space.async().writeBatch(batch, plan.options()).toCompletableFuture();
    batch = new WriteBatch();
    batchBytes = 0;
    outstanding.add(new Submitted(stage, firstLine, reached.lines()));
    if (stage.isCompletedExceptionally()) {
      settle(0);
    }
    settle(MAX_OUTSTANDING);
  }

  private void settle(int most) {
    while (outstanding.size() > most
        || (!outstanding.isEmpty() && outstanding.getFirst().stage().isDone())) {
      Submitted oldest = outstanding.removeFirst();
      try {
        oldest.stage().join();
      } catch (CompletionException failed) {
        throw refused(oldest, failed);
      }
    }
  }

  private WarpException refused(Submitted batch, CompletionException failed) {
    if (failed.getCause() instanceof WarpException cause) {
      String fate =
          cause.code() == CoreError.OUTCOME_UNKNOWN
              ? ", of which either everything is stored or nothing."
              : ", of which nothing was stored.";
      List<Problem> problems =
          cause.problems().stream()
              .map(problem ->
                  new Problem(
                      problem.code(),
                      plan.source() + ":" + batch.first(),
                      problem.what()
                          + " It was in the batch of lines "
                          + batch.first()
                          + " to "
                          + batch.last()
                          + fate,
                      problem.code() == CoreError.BATCH_TOO_LARGE
                          ? problem.help() + " Smaller batches are made with --batch."
                          : problem.help()))
              .toList();
      WarpException refused = new WarpException(cause.code(), problems);
      refused.initCause(cause);
      return refused;
    }
    return new WarpException(
        CliError.RECORD_REFUSED,
        "The batch that begins at line " + batch.first() + " of [" + plan.source() + "] failed.",
        "",
        failed);
  }

  @Override
  public void close() {
    outstanding.forEach(submitted -> submitted.stage().exceptionally(_ -> null).join());
  }
}
