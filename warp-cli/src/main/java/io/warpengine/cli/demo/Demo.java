package io.warpengine.cli.demo;

import io.warpengine.api.BatchReceipt;
import io.warpengine.api.Bytes;
import io.warpengine.api.Durability;
import io.warpengine.api.Entry;
import io.warpengine.api.Scan;
import io.warpengine.api.ScanCursor;
import io.warpengine.api.Tree;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WarpException;
import io.warpengine.api.WriteBatch;
import io.warpengine.api.WriteOptions;
import io.warpengine.cli.Call;
import io.warpengine.cli.CliError;
import io.warpengine.cli.Globals;
import io.warpengine.cli.output.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;

/** The steps of the demonstration; each prints what it measured, and nothing else. */
public final class Demo {

  private static final int BATCH = 500;
  private static final int LOOKUPS = 200_000;
  private static final int SCANS = 2_000;
  private static final String EXAMPLE = "class:java.util.ArrayList";
  private static final String PREFIX = "package:java.util";

  private final Call call;
  private final Path directory;
  private final int kills;
  private final int acknowledgements;
  private Tree report = Tree.map();
  private int step;

  /**
   * A demonstration.
   *
   * @param call the surroundings
   * @param directory a fresh directory for its database
   * @param kills how many processes to kill
   * @param acknowledgements how many writes each of them gets acknowledged before
   */
  public Demo(Call call, Path directory, int kills, int acknowledgements) {
    this.call = call;
    this.directory = directory;
    this.kills = kills;
    this.acknowledgements = acknowledgements;
  }

  /**
   * Runs all steps.
   *
   * @return what was measured
   * @throws WarpException PROOF_FAILED if something acknowledged is missing
   */
  public Tree run() {
    JdkRecords records = read();
    try (WarpDatabase database = open()) {
      load(database, records);
      lookups(database, records);
      scans(database);
      transfers(database);
    }
    for (int kill = 1; kill <= kills; kill++) {
      killAndProve(records);
    }
    return report;
  }

  /** Runs the part of the process that is killed. */
  static void victim(Call call) {
    WarpDatabase database = call.open();
    long first = 0;
    try (ScanCursor last = database.scan(Scan.prefix(KillRecords.PREFIX).reversed().limit(1))) {
      if (last.hasNext()) {
        String key = last.next().key().toUtf8();
        first = Long.parseUnsignedLong(key.substring(KillRecords.PREFIX.size()), 16) + 1;
      }
    }
    new Victim(database, call.streams().err()).run(call.out(), first);
  }

  private WarpDatabase open() {
    return call.settings().directory(directory).open();
  }

  private JdkRecords read() {
    long start = System.nanoTime();
    try (Progress progress = call.progress("read")) {
      progress.at(0, 0, 0);
      JdkRecords records = JdkRecords.read();
      double seconds = seconds(start);
      say(
          String.format(
              Locale.ROOT,
              "read the running JDK: %,d modules, %,d packages, %,d classes; %,d records, %.1f MB"
                  + " in %.1f s",
              records.modules(),
              records.packages(),
              records.classes(),
              records.items().size(),
              records.bytes() / 1e6,
              seconds));
      note("records", Tree.of(records.items().size()));
      note("record_bytes", Tree.of(records.bytes()));
      note("read_seconds", Tree.of(seconds));
      return records;
    } catch (IOException failed) {
      throw new WarpException(
          CliError.INPUT_UNREADABLE, "The running JDK cannot be read.", "", failed);
    }
  }

  private void load(WarpDatabase database, JdkRecords records) {
    if (database.durability() == Durability.NONE) {
      throw new WarpException(
          CliError.PROOF_FAILED,
          "There is no journal, so nothing would survive.",
          "The plugin wal gives one; it belongs in the folder plugins/wal.");
    }
    WriteOptions sync = WriteOptions.durability(Durability.SYNC);
    long start = System.nanoTime();
    List<CompletionStage<BatchReceipt>> stages = new ArrayList<>();
    WriteBatch batch = new WriteBatch();
    for (JdkRecords.Item item : records.items()) {
      batch.put(item.key(), item.value());
      if (batch.size() == BATCH) {
        stages.add(database.async().writeBatch(batch, sync));
        batch = new WriteBatch();
      }
    }
    stages.add(database.async().writeBatch(batch, sync));
    long durable = 0;
    Durability reached = Durability.SYNC;
    for (CompletionStage<BatchReceipt> stage : stages) {
      BatchReceipt receipt = stage.toCompletableFuture().join();
      durable += receipt.operations();
      if (receipt.durability().compareTo(reached) < 0) {
        reached = receipt.durability();
      }
    }
    double seconds = seconds(start);
    say(
        String.format(
            Locale.ROOT,
            "stored %,d records in %,d atomic batches, durability %s, 1 thread, %,d shards: %.2f s,"
                + " %,.0f records/s",
            durable,
            stages.size(),
            reached,
            database.stats().shards().size(),
            seconds,
            durable / seconds));
    note("load_durability", Tree.of(reached.name()));
    note("load_seconds", Tree.of(seconds));
    note("load_per_second", Tree.of(durable / seconds));
  }

  private void lookups(WarpDatabase database, JdkRecords records) {
    SplittableRandom random = new SplittableRandom(LOOKUPS);
    List<JdkRecords.Item> items = records.items();
    long start = System.nanoTime();
    for (int i = 0; i < LOOKUPS; i++) {
      JdkRecords.Item item = items.get(random.nextInt(items.size()));
      if (!database.get(item.key()).map(item.value()::equals).orElse(false)) {
        throw missing(item.key().toUtf8());
      }
    }
    double seconds = seconds(start);
    say(
        String.format(
            Locale.ROOT,
            "looked up %,d random keys, each value compared: %.2f s, %,.0f/s on 1 thread",
            LOOKUPS,
            seconds,
            LOOKUPS / seconds));
    Optional<Bytes> example = database.get(Bytes.utf8(EXAMPLE));
    example.ifPresent(value -> detail(EXAMPLE + " = " + value.toUtf8()));
    note("lookups_per_second", Tree.of(LOOKUPS / seconds));
  }

  private void scans(WarpDatabase database) {
    long start = System.nanoTime();
    long found = 0;
    for (int i = 0; i < SCANS; i++) {
      found += count(database, PREFIX);
    }
    double seconds = seconds(start);
    say(
        String.format(
            Locale.ROOT,
            "scanned the prefix [%s] %,d times, %,d packages each: %.2f s, %,.0f records/s",
            PREFIX,
            SCANS,
            found / SCANS,
            seconds,
            found / seconds));
    try (ScanCursor cursor = database.scan(Scan.prefix(Bytes.utf8(PREFIX)).limit(2))) {
      cursor.forEachRemaining(
          entry -> detail(entry.key().toUtf8() + " = " + entry.value().toUtf8()));
    }
    note("scanned_per_second", Tree.of(found / seconds));
  }

  private void transfers(WarpDatabase database) {
    long start = System.nanoTime();
    int audits = new Bank(database).run();
    double seconds = seconds(start);
    say(
        String.format(
            Locale.ROOT,
            "moved money between %,d accounts, %,d transactions (SYNC) of %d clients: %.2f s,"
                + " %,.0f/s; added up all accounts on %,d snapshots meanwhile, always the same sum",
            Bank.ACCOUNTS,
            Bank.TRANSFERS,
            Bank.CLIENTS,
            seconds,
            Bank.TRANSFERS / seconds,
            audits));
    note("transfers_per_second", Tree.of(Bank.TRANSFERS / seconds));
    note("audits", Tree.of(audits));
  }

  private static long count(WarpDatabase database, String prefix) {
    long count = 0;
    try (ScanCursor cursor = database.scan(Scan.prefix(Bytes.utf8(prefix)))) {
      while (cursor.hasNext()) {
        cursor.next();
        count++;
      }
    }
    return count;
  }

  private void killAndProve(JdkRecords records) {
    List<String> options = new ArrayList<>();
    call.configFile().ifPresent(file -> options.addAll(List.of("--config", file.toString())));
    call.pluginDirectory().ifPresent(path -> options.addAll(List.of("--plugins", path.toString())));
    call.arguments().all(Globals.SET).forEach(text -> options.addAll(List.of("--set", text)));
    Kill kill = Kill.in(directory, options, acknowledgements);
    long acknowledged = kill.acknowledged().cardinality();
    say(
        String.format(
            Locale.ROOT,
            "killed a writing process with SIGKILL: %,d writes acknowledged (SYNC, 512"
                + " outstanding), %.1f s from its start",
            acknowledged,
            kill.millis() / 1e3));
    long start = System.nanoTime();
    try (WarpDatabase database = open()) {
      double seconds = seconds(start);
      say(
          String.format(
              Locale.ROOT, "recovered %,d records in %.2f s", database.stats().keys(), seconds));
      long more = prove(database, records, kill);
      say(
          String.format(
              Locale.ROOT,
              "proved: of %,d acknowledged writes 0 are missing, all %,d records are unchanged;"
                  + " %,d writes that were not yet acknowledged are there too",
              acknowledged,
              records.items().size(),
              more));
      note("acknowledged", Tree.of(acknowledged));
      note("missing", Tree.of(0));
      note("unacknowledged_kept", Tree.of(more));
      note("recovery_seconds", Tree.of(seconds));
    }
  }

  /** Reads everything again; gives the number of records that nobody had been told of. */
  private long prove(WarpDatabase database, JdkRecords records, Kill kill) {
    for (JdkRecords.Item item : records.items()) {
      if (!database.get(item.key()).map(item.value()::equals).orElse(false)) {
        throw missing(item.key().toUtf8());
      }
    }
    for (int number = kill.acknowledged().nextSetBit(0);
        number >= 0;
        number = kill.acknowledged().nextSetBit(number + 1)) {
      Bytes value = KillRecords.value(number);
      if (!database.get(KillRecords.key(number)).map(value::equals).orElse(false)) {
        throw missing(KillRecords.key(number).toUtf8());
      }
    }
    int first = kill.acknowledged().nextSetBit(0);
    long found = 0;
    try (ScanCursor cursor =
        database.scan(
            new Scan(
                KillRecords.key(first),
                Scan.prefix(KillRecords.PREFIX).to(),
                false,
                Long.MAX_VALUE,
                Optional.empty()))) {
      while (cursor.hasNext()) {
        Entry entry = cursor.next();
        long number =
            Long.parseUnsignedLong(entry.key().toUtf8().substring(KillRecords.PREFIX.size()), 16);
        if (!entry.value().equals(KillRecords.value(number))) {
          throw missing(entry.key().toUtf8());
        }
        found++;
      }
    }
    return found - kill.acknowledged().cardinality();
  }

  private static WarpException missing(String key) {
    return new WarpException(
        CliError.PROOF_FAILED,
        "The record with the key [" + key + "] was acknowledged and is not there as written.",
        "Keep the directory as it is and report this.");
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private void note(String name, Tree value) {
    report = report.with(name, value);
  }

  private void say(String line) {
    step++;
    if (!call.json()) {
      call.out().println(step + ". " + line);
      call.out().flush();
    }
  }

  private void detail(String line) {
    if (!call.json()) {
      call.out().println("   " + line);
    }
  }
}
