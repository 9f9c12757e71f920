package io.warpengine.kernel;

import io.warpengine.api.WarpBuilder;
import io.warpengine.spi.disk.Disk;
import java.nio.file.Path;

/** Begins databases on a simulated disk: what the kernel allows to tests only. */
public final class SimulatedDatabases {

  private SimulatedDatabases() {}

  /**
   * Begins a database.
   *
   * @param disk where its data is
   * @return a builder whose directory is the disk
   */
  public static WarpBuilder on(Disk disk) {
    return new DatabaseBuilder().disks(path -> disk).directory(Path.of("simulated"));
  }
}
