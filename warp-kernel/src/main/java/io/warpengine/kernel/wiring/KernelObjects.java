package io.warpengine.kernel.wiring;

import io.warpengine.api.WarpDatabase;
import io.warpengine.spi.control.ControlPlane;
import io.warpengine.spi.control.Metrics;
import io.warpengine.spi.control.WarpClock;
import io.warpengine.spi.disk.Disk;
import io.warpengine.spi.store.Manifest;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the kernel gives to constructors of plugins.
 *
 * @param control background work; empty for offline operations
 * @param clock the time
 * @param metrics the figures
 * @param disk the data directory; empty in memory
 * @param manifest the manifest
 * @param database the database; throws before it is there; empty for offline operations
 */
record KernelObjects(
    Optional<ControlPlane> control,
    WarpClock clock,
    Metrics metrics,
    Optional<Disk> disk,
    Supplier<Manifest> manifest,
    Optional<Supplier<WarpDatabase>> database) {}
