package io.warpengine.testkit;

import io.warpengine.api.AsyncWarpDatabase;
import io.warpengine.api.Bytes;
import io.warpengine.api.Durability;
import io.warpengine.api.Incremented;
import io.warpengine.api.KeyRange;
import io.warpengine.api.TransactionOptions;
import io.warpengine.api.WarpSpace;
import io.warpengine.api.WarpTransaction;
import io.warpengine.api.WriteBatch;
import io.warpengine.api.WriteOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/**
 * One write of a random script, to be done to a database and to a model.
 *
 * @param kind what to do
 * @param key the key; meaningless for a batch and a transaction
 * @param value the new value, or the delta's text
 * @param expected what a compare-and-set expects
 * @param delta what an increment adds
 * @param options durability and expiry
 * @param writes what a batch or a transaction holds
 */
record DatabaseStep(
    Kind kind,
    Bytes key,
    Bytes value,
    Bytes expected,
    long delta,
    WriteOptions options,
    List<WriteBatch.Write> writes) {

  /** Bytes of keys and values: a little less than a quarter of the smallest buffer of a log. */
  private static final int LARGE = 16_000;

  /** What to do. */
  enum Kind {
    PUT,
    DELETE,
    PUT_IF_ABSENT,
    COMPARE_AND_SET,
    INCREMENT,
    BATCH,
    DELETE_RANGE,
    TRANSACTION
  }

  /**
   * A random write.
   *
   * @param data where chance comes from
   * @param model what is there, so that some expectations hold
   * @param durabilities what may be asked for
   */
  static DatabaseStep next(Generator data, DatabaseModel model, List<Durability> durabilities) {
    Kind kind =
        data.choose(
            List.of(
                Kind.PUT,
                Kind.PUT,
                Kind.PUT,
                Kind.DELETE,
                Kind.PUT_IF_ABSENT,
                Kind.COMPARE_AND_SET,
                Kind.INCREMENT,
                Kind.BATCH,
                Kind.DELETE_RANGE,
                Kind.TRANSACTION));
    Bytes key = kind == Kind.INCREMENT && data.chance(0.8) ? counter(data) : data.key();
    Bytes value = data.value();
    Bytes expected = data.chance(0.7) ? model.get(key).orElse(value) : data.value();
    WriteOptions options =
        new WriteOptions(
            data.chance(0.5) ? Optional.empty() : Optional.of(data.choose(durabilities)),
            timeToLive(data));
    List<WriteBatch.Write> writes =
        kind == Kind.BATCH || kind == Kind.TRANSACTION
            ? IntStream.range(0, data.below(8)).mapToObj(i -> write(data)).toList()
            : List.of();
    return new DatabaseStep(
        kind, key, value, expected, data.below(2_000) - 1_000L, options, writes);
  }

  private static Bytes counter(Generator data) {
    return Bytes.utf8("counter" + data.below(8));
  }

  private static Optional<Duration> timeToLive(Generator data) {
    return data.chance(0.15)
        ? Optional.of(Duration.ofMillis(1L + data.below(5_000)))
        : Optional.empty();
  }

  private static WriteBatch.Write write(Generator data) {
    boolean put = data.chance(0.7);
    return new WriteBatch.Write(
        data.key(),
        put ? Optional.of(data.value()) : Optional.empty(),
        put ? timeToLive(data) : Optional.empty());
  }

  /** The same write of records that stay. */
  DatabaseStep withoutExpiry() {
    List<WriteBatch.Write> staying =
        writes.stream()
            .map(write -> new WriteBatch.Write(write.key(), write.value(), Optional.empty()))
            .toList();
    WriteOptions kept = new WriteOptions(options.durability(), Optional.empty());
    return new DatabaseStep(kind, key, value, expected, delta, kept, staying);
  }

  private WriteBatch batch() {
    WriteBatch batch = new WriteBatch();
    for (WriteBatch.Write write : writes) {
      if (write.value().isEmpty()) {
        batch.delete(write.key());
      } else if (write.timeToLive().isEmpty()) {
        batch.put(write.key(), write.value().get());
      } else {
        batch.put(write.key(), write.value().get(), write.timeToLive().get());
      }
    }
    return batch;
  }

  private TransactionOptions transactionOptions() {
    return options
        .durability()
        .map(TransactionOptions.DEFAULT::withDurability)
        .orElse(TransactionOptions.DEFAULT);
  }

  private String transaction(WarpTransaction tx) {
    for (WriteBatch.Write write : writes) {
      if (write.value().isEmpty()) {
        tx.delete(write.key());
      } else if (write.timeToLive().isEmpty()) {
        tx.put(write.key(), write.value().get());
      } else {
        tx.put(write.key(), write.value().get(), write.timeToLive().get());
      }
    }
    return "transaction " + writes.size();
  }

  /** Does it, and says what came of it in the words of {@link DatabaseModel#apply}. */
  String doTo(WarpSpace database) {
    return switch (kind) {
      case PUT -> {
        database.put(key, value, options);
        yield "written";
      }
      case DELETE -> written(database.delete(key, options));
      case PUT_IF_ABSENT -> written(database.putIfAbsent(key, value, options));
      case COMPARE_AND_SET -> written(database.compareAndSet(key, expected, value, options));
      case INCREMENT -> "number " + database.increment(key, delta, options).value();
      case BATCH -> "batch " + database.writeBatch(batch(), options).operations();
      case DELETE_RANGE -> "removed " + database.deleteRange(range(), options).records();
      case TRANSACTION -> database.transact(transactionOptions(), this::transaction);
    };
  }

  /** A narrow range that begins with the key. */
  KeyRange range() {
    return KeyRange.prefix(key);
  }

  /** Begins it; the stage says what came of it. */
  CompletionStage<String> beginOn(AsyncWarpDatabase database) {
    return switch (kind) {
      case PUT -> database.put(key, value, options).thenApply(receipt -> "written");
      case DELETE -> database.delete(key, options).thenApply(DatabaseStep::written);
      case PUT_IF_ABSENT ->
          database.putIfAbsent(key, value, options).thenApply(DatabaseStep::written);
      case COMPARE_AND_SET ->
          database.compareAndSet(key, expected, value, options).thenApply(DatabaseStep::written);
      case INCREMENT ->
          database
              .increment(key, delta, options)
              .thenApply(Incremented::value)
              .thenApply(number -> "number " + number);
      case BATCH ->
          database
              .writeBatch(batch(), options)
              .thenApply(receipt -> "batch " + receipt.operations());
      case DELETE_RANGE -> throw new IllegalStateException("It has no asynchronous twin.");
      case TRANSACTION -> database.transact(transactionOptions(), this::transaction);
    };
  }

  /** Whether it writes something with this outcome: else nothing is acknowledged by it. */
  boolean surelyWrites(String outcome) {
    return (kind == Kind.BATCH || kind == Kind.TRANSACTION)
        ? !writes.isEmpty() && writes.getLast().value().isPresent()
        : outcome.equals("written")
            || outcome.startsWith("number")
            || (outcome.startsWith("removed") && !outcome.equals("removed 0"));
  }

  /** Whether it writes so much at once that a journal may treat it apart. */
  boolean isLarge() {
    return switch (kind) {
          case PUT, PUT_IF_ABSENT, COMPARE_AND_SET -> key.size() + value.size();
          case DELETE, INCREMENT, DELETE_RANGE -> key.size();
          case BATCH, TRANSACTION ->
              writes.stream()
                  .mapToInt(write -> write.key().size() + write.value().map(Bytes::size).orElse(0))
                  .sum();
        }
        > LARGE;
  }

  private static String written(Optional<?> receipt) {
    return receipt.isPresent() ? "written" : "refused";
  }
}
