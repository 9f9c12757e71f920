package io.warpengine.kernel.wiring;

import io.warpengine.kernel.config.ConfigSources;
import io.warpengine.spi.control.WarpClock;
import io.warpengine.spi.disk.Disk;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What somebody asked a builder for.
 *
 * @param directory where the data is; empty for a database in memory
 * @param sources where the configuration comes from
 * @param pluginDirectory where plugins are loaded from, besides the module path and class path
 * @param selection the ids of the plugins wanted; empty for all
 * @param readOnly whether no file may be changed
 * @param clock the time
 * @param disks makes the disk of a directory; a simulated one in tests of the whole engine
 */
public record Request(
    Optional<Path> directory,
    ConfigSources sources,
    Optional<Path> pluginDirectory,
    Optional<Set<String>> selection,
    boolean readOnly,
    WarpClock clock,
    Function<Path, Disk> disks) {}
