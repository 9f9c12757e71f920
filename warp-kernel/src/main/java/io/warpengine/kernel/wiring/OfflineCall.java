package io.warpengine.kernel.wiring;

import io.warpengine.api.CoreError;
import io.warpengine.api.Tree;
import io.warpengine.api.WarpException;
import io.warpengine.kernel.disk.RealDisk;
import io.warpengine.kernel.engine.EngineConfig;
import io.warpengine.kernel.manifest.ManifestFile;
import io.warpengine.kernel.metrics.KernelMetrics;
import io.warpengine.spi.Operation;
import io.warpengine.spi.OperationHandler;
import io.warpengine.spi.disk.Disk;
import io.warpengine.spi.store.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Runs one operation on a directory that is not open: makes the handler and what it needs, nothing
 * else, and lets none of them change a file.
 */
final class OfflineCall {

  private final CompositionPlan plan;

  OfflineCall(CompositionPlan plan) {
    this.plan = plan;
  }

  Tree run(String name, Map<String, Object> arguments, Consumer<Tree> rows) {
    for (Blueprint blueprint : plan.blueprints()) {
      Declarations.Command command = blueprint.declarations().commands().get(name);
      if (command != null && command.operation().mode() == Operation.Mode.OFFLINE) {
        return run(blueprint, command, Arguments.of(command.operation(), arguments, rows));
      }
    }
    TreeSet<String> known = new TreeSet<>();
    plan.operations().stream()
        .filter(operation -> operation.mode() == Operation.Mode.OFFLINE)
        .forEach(operation -> known.add(operation.name()));
    throw Services.unknown(name, known);
  }

  private Tree run(Blueprint blueprint, Declarations.Command command, Arguments arguments) {
    Path directory =
        plan.request()
            .directory()
            .orElseThrow(() ->
                new WarpException(
                    CoreError.DIRECTORY_UNUSABLE,
                    "The operation ["
                        + command.operation().name()
                        + "] runs on a data directory, and"
                        + " none was named.",
                    "Name one."));
    Disk disk = RealDisk.at(directory);
    requireThere(directory);
    Optional<Disk.DiskLock> lock =
        DataDirectory.using(directory, () -> DataDirectory.lockForReading(disk));
    try {
      return run(blueprint, command, arguments, directory, disk);
    } finally {
      lock.ifPresent(Disk.DiskLock::close);
    }
  }

  private Tree run(
      Blueprint blueprint,
      Declarations.Command command,
      Arguments arguments,
      Path directory,
      Disk disk) {
    KernelObjects kernel =
        new KernelObjects(
            Optional.empty(),
            plan.request().clock(),
            new KernelMetrics(),
            Optional.of(new ReadOnlyDisk(disk)),
            () -> DataDirectory.using(directory, () -> manifest(disk)),
            Optional.empty());
    List<Class<?>> classes = blueprint.order(type -> type == command.handler());
    Wiring wiring =
        Wiring.of(
            kernel, plan.configuration().records(), List.of(new Wiring.Part(blueprint, classes)));
    Lifecycle lifecycle =
        new Lifecycle(plan.configuration().record(EngineConfig.Open.class).timeout());
    try {
      for (Class<?> type : classes) {
        Object made =
            lifecycle.make(blueprint.plugin(), type, () -> wiring.make(blueprint.plugin(), type));
        if (made instanceof AutoCloseable closeable) {
          lifecycle.opened(Components.ABOVE_JOURNAL, blueprint.plugin(), closeable);
        }
      }
      OperationHandler handler =
          (OperationHandler)
              lifecycle.make(
                  blueprint.plugin(),
                  command.handler(),
                  () -> wiring.make(blueprint.plugin(), command.handler()));
      Tree result = handler.run(arguments);
      lifecycle.close();
      return result;
    } catch (Throwable e) {
      Opening.closeAfter(e, lifecycle::close);
      throw e;
    }
  }

  private static void requireThere(Path directory) {
    try {
      Files.readAttributes(directory, BasicFileAttributes.class);
    } catch (NoSuchFileException missing) {
      throw new WarpException(
          CoreError.DIRECTORY_UNUSABLE,
          "The data directory [" + directory + "] does not exist.",
          "Name one that does.",
          missing);
    } catch (IOException failed) {
      throw new WarpException(
          CoreError.DIRECTORY_UNUSABLE,
          "The data directory [" + directory + "] cannot be reached: " + failed + ".",
          "Give this process the right to read it and those above it, or name another one.",
          failed);
    }
  }

  private static Manifest manifest(Disk disk) {
    return ManifestFile.read(disk)
        .map(ReadOnlyManifest::new)
        .orElseThrow(() ->
            new WarpException(
                CoreError.DIRECTORY_FOREIGN,
                "There is no database in [" + disk.location() + "].",
                "Name a directory in which there is one."));
  }
}
