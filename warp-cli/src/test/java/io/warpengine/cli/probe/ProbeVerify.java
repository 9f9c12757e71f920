package io.warpengine.cli.probe;

import io.warpengine.api.CoreError;
import io.warpengine.api.Tree;
import io.warpengine.api.WarpException;
import io.warpengine.spi.OperationCall;
import io.warpengine.spi.OperationHandler;
import io.warpengine.spi.disk.Disk;
import jakarta.inject.Inject;

/** Calls a directory damaged that holds the file {@code damage}. */
public final class ProbeVerify implements OperationHandler {

  private final Disk disk;

  /**
   * Made by the kernel.
   *
   * @param disk the data directory
   */
  @Inject
  public ProbeVerify(Disk disk) {
    this.disk = disk;
  }

  @Override
  public Tree run(OperationCall call) {
    call.row(Tree.map().with("looked", "at everything"));
    if (disk.exists("damage")) {
      throw new WarpException(CoreError.MANIFEST_DAMAGED, "There is a mark of damage.", "");
    }
    return Tree.map().with("marks", 0);
  }
}
