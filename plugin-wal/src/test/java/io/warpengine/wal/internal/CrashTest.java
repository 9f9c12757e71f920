package io.warpengine.wal.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.Durability;
import io.warpengine.api.Position;
import io.warpengine.api.WarpException;
import io.warpengine.spi.store.CheckpointSink;
import io.warpengine.spi.store.CheckpointSource;
import io.warpengine.spi.store.Checkpointable;
import io.warpengine.testkit.SimDisk;
import io.warpengine.testkit.SimDisk.Call;
import io.warpengine.testkit.SimDisk.Crash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A script with rotation, large frames, recycling and checkpoints, cut at every call. */
final class CrashTest {

  private final List<String> staged = new ArrayList<>();
  private int synced;

  /** Everything ever applied, as a checkpoint owner; replay adds to it. */
  private static final class Model implements Checkpointable {

    private final List<String> records = new ArrayList<>();
    private final Recorded replayed = new Recorded();

    @Override
    public String owner() {
      return "model";
    }

    @Override
    public int formatVersion() {
      return 1;
    }

    @Override
    public void write(Position position, CheckpointSink sink) {
      byte[] text = String.join("\n", records).getBytes(StandardCharsets.UTF_8);
      try (var output = sink.file("records")) {
        output.write(text, 0, text.length);
      }
    }

    @Override
    public void restore(int formatVersion, CheckpointSource source) {
      byte[] bytes = new byte[1 << 20];
      try (var input = source.open("records")) {
        int size = input.read(bytes, 0, bytes.length);
        new String(bytes, 0, size, StandardCharsets.UTF_8).lines().forEach(records::add);
      }
    }

    List<String> all() {
      List<String> all = new ArrayList<>(records);
      for (String text : replayed.all()) {
        if (!all.contains(text)) {
          all.add(text);
        }
      }
      return all;
    }
  }

  private void script(SimDisk disk) {
    Model model = new Model();
    WalJournal journal = Logs.open(disk, Logs.SMALL, model.replayed, model);
    try {
      for (int i = 1; i <= 60; i++) {
        var record = Logs.record(i, i % 12 == 5 ? 90_000 : i % 5 * 2_000);
        long lsn = journal.stage(0, record);
        String text = Recorded.text(0, record);
        staged.add(text);
        model.records.add(text);
        if (i % 6 == 0) {
          journal.await(lsn, Durability.SYNC);
          synced = i;
        } else if (i % 3 == 0) {
          journal.await(lsn, Durability.OS);
        }
        if (i % 25 == 0) {
          new JournalFacade(Logs.SMALL, journal).checkpoint();
        }
      }
    } finally {
      try {
        journal.close();
        synced = staged.size();
      } catch (RuntimeException e) {
        assertThat(e.getMessage()).as("what went wrong").isNotBlank();
      }
    }
  }

  private void check(SimDisk left, String what) {
    Model model = new Model();
    WalJournal journal = Logs.open(left, Logs.SMALL, model.replayed, model);
    List<String> all = model.all();
    assertThat(all.size()).as(what).isBetween(synced, staged.size());
    assertThat(all).as(what).isEqualTo(staged.subList(0, all.size()));
    journal.close();
  }

  @Test
  void aPowerCutAtAnyCallLosesNothingSynced() {
    SimDisk whole = new SimDisk();
    script(whole);
    long calls = whole.mutations();
    for (int call = 1; call <= calls; call++) {
      staged.clear();
      synced = 0;
      SimDisk disk = new SimDisk().cutAt(call);
      try {
        script(disk);
      } catch (RuntimeException e) {
        assertThat(disk.isCut()).as("call %s: %s", call, e).isTrue();
      }
      Crash mode = Crash.values()[call % 3];
      check(disk.crash(mode, call), "call " + call + " " + mode + " " + disk.trace());
    }
  }

  @Test
  void aFailureOfAnyWriteOrForceLosesNothingSynced() {
    for (Call kind : List.of(Call.WRITE, Call.FORCE, Call.RENAME, Call.FORCE_DIRECTORY)) {
      SimDisk whole = new SimDisk();
      script(whole);
      long step = Math.max(1, whole.calls(kind) / 30);
      for (long nth = 1; nth <= whole.calls(kind); nth += step) {
        staged.clear();
        synced = 0;
        SimDisk disk = new SimDisk().fail(kind, nth, 2);
        try {
          script(disk);
        } catch (WarpException e) {
          assertThat(e.problems().getFirst().what()).isNotBlank();
        }
        String what = kind + " " + nth;
        check(disk.heal().crash(Crash.values()[(int) nth % 3], nth), what);
      }
    }
  }
}
