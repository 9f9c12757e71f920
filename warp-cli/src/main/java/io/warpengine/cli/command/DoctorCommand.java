package io.warpengine.cli.command;

import io.warpengine.api.ConfigSetting;
import io.warpengine.api.CoreError;
import io.warpengine.api.Durability;
import io.warpengine.api.PluginInfo;
import io.warpengine.api.Problem;
import io.warpengine.api.Tree;
import io.warpengine.api.WarpException;
import io.warpengine.api.WarpPlan;
import io.warpengine.cli.Call;
import io.warpengine.cli.Command;
import io.warpengine.cli.ExitCode;
import io.warpengine.cli.line.CommandSyntax;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Looks at everything that a database depends on, measures the disk and tells what is amiss. */
final class DoctorCommand implements Command {

  private static final long MIB = 1L << 20;
  private static final long LITTLE_HEAP = 128 * MIB;
  private static final long LITTLE_ROOM = 1024 * MIB;
  private static final double SLOW_MICROS = 20_000;
  private static final double FAST_MICROS = 20;

  @Override
  public CommandSyntax syntax() {
    return CommandSyntax.of(
        "doctor", "Checks Java, memory, disk, durability and plugins; measures the disk's syncs.");
  }

  @Override
  public ExitCode run(Call call) {
    List<String> advice = new ArrayList<>();
    WarpPlan plan = call.builder().plan();
    Optional<Problem> unusable = unusable(call.data());
    Tree report =
        Tree.map()
            .with("java", java(advice))
            .with("directory", directory(call, unusable.isEmpty(), advice))
            .with("durability", durability(plan, advice))
            .with("plugins", plugins(plan))
            .with("start", start(call))
            .with("advice", Tree.list(advice.stream().map(Tree::of).toList()));
    call.result(report);
    List<Problem> problems = new ArrayList<>(plan.problems());
    unusable.ifPresent(problems::add);
    if (!problems.isEmpty()) {
      throw new WarpException(problems.getFirst().code(), problems);
    }
    call.message(
        advice.isEmpty() ? "Nothing is amiss." : "See the advice; nothing keeps it from working.");
    return ExitCode.DONE;
  }

  private static Tree java(List<String> advice) {
    Runtime runtime = Runtime.getRuntime();
    if (runtime.maxMemory() < LITTLE_HEAP) {
      advice.add(
          "The heap is limited to "
              + runtime.maxMemory() / MIB
              + " MiB; raise it with WARP_JAVA_OPTS=-Xmx1g.");
    }
    return Tree.map()
        .with("version", Runtime.version().toString())
        .with("home", System.getProperty("java.home", ""))
        .with("vm", System.getProperty("java.vm.name", ""))
        .with(
            "collector",
            ManagementFactory.getGarbageCollectorMXBeans().stream()
                .map(GarbageCollectorMXBean::getName)
                .collect(Collectors.joining(", ")))
        .with("processors", runtime.availableProcessors())
        .with("heap_mib", runtime.maxMemory() / MIB);
  }

  /** Whether short commands start as fast as they can. */
  private static Tree start(Call call) {
    return call.home()
        .map(home ->
            new ClassCache(home)
                .report(
                    ManagementFactory.getRuntimeMXBean().getInputArguments(),
                    System.getProperty("java.vm.info", "")))
        .orElseGet(() -> Tree.map().with("state", "not started by bin/warp"));
  }

  /** The directory, or what is nearest above it. */
  private static Path existing(Path data) {
    Path existing = data.toAbsolutePath().normalize();
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    return existing;
  }

  /** Why no database can be opened or made in a directory. */
  private static Optional<Problem> unusable(Path data) {
    Path existing = existing(data);
    String defect;
    if (!Files.isDirectory(existing)) {
      defect = "is a file";
    } else if (!Files.isWritable(existing) || !Files.isExecutable(existing)) {
      defect = "cannot be written";
    } else if (Files.isDirectory(data) && !Files.isReadable(data)) {
      defect = "cannot be read";
    } else {
      return Optional.empty();
    }
    return Optional.of(
        new Problem(
            CoreError.DIRECTORY_UNUSABLE,
            data.toString(),
            "No database can be written in [" + data + "]: [" + existing + "] " + defect + ".",
            "Give this process the right to read and write it, or name another directory."));
  }

  private static Tree directory(Call call, boolean usable, List<String> advice) {
    Path data = call.data();
    Path existing = existing(data);
    Tree tree =
        Tree.map()
            .with("path", data.toString())
            .with("exists", Tree.of(Files.isDirectory(data)))
            .with("writable", Tree.of(usable));
    try {
      FileStore store = Files.getFileStore(existing);
      long free = store.getUsableSpace();
      tree = tree.with("file_system", store.type()).with("free_mib", free / MIB);
      if (free < LITTLE_ROOM) {
        advice.add("Only " + free / MIB + " MiB are free where [" + data + "] is.");
      }
      if (store.type().equals("tmpfs") || store.type().equals("ramfs")) {
        advice.add("[" + data + "] is in memory (" + store.type() + "): a power cut loses all.");
      }
      if (usable) {
        tree = tree.with("sync", sync(existing, advice));
      }
    } catch (IOException failed) {
      advice.add("The disk below [" + existing + "] could not be measured: " + failed + ".");
    }
    return tree;
  }

  private static Tree sync(Path directory, List<String> advice) throws IOException {
    SyncProbe probe = SyncProbe.measure(directory);
    if (probe.medianMicros() > SLOW_MICROS) {
      advice.add("A sync takes longer than 20 ms here; batches and asynchronous writes hide it.");
    }
    if (probe.medianMicros() < FAST_MICROS) {
      advice.add("A sync takes less than 20 us here: this device may acknowledge too early.");
    }
    return Tree.map()
        .with("measured", probe.syncs())
        .with("median_us", Tree.of(rounded(probe.medianMicros())))
        .with("worst_us", Tree.of(rounded(probe.worstMicros())))
        .with("per_second", Math.round(1e6 / probe.medianMicros()));
  }

  private static double rounded(double number) {
    return Math.round(number * 10) / 10.0;
  }

  private static Tree durability(WarpPlan plan, List<String> advice) {
    String journal = plan.ports().getOrDefault("journal", "none");
    Optional<ConfigSetting> setting =
        plan.settings().stream().filter(each -> each.key().endsWith(".durability")).findFirst();
    String mode = setting.map(ConfigSetting::value).orElse("none");
    if (journal.startsWith("none")) {
      mode = "none";
      advice.add("There is no journal: nothing survives the process. plugins/wal gives one.");
    }
    LossWindow window =
        LossWindow.of(plan, setting.map(each -> each.key().replace(".durability", "")).orElse(""));
    Tree windows = Tree.map();
    for (Durability each : Durability.values()) {
      windows =
          windows.with(
              each.name().toLowerCase(Locale.ROOT),
              Tree.map()
                  .with("kill_loses", window.kill(each))
                  .with("power_cut_loses", window.powerCut(each)));
    }
    return Tree.map().with("journal", journal).with("in_force", mode).with("modes", windows);
  }

  private static Tree plugins(WarpPlan plan) {
    Tree tree = Tree.map();
    for (PluginInfo plugin : plan.plugins()) {
      tree =
          tree.with(plugin.id(), plugin.problems().isEmpty() ? plugin.summary() : "has problems");
    }
    return tree;
  }
}
