package io.warpengine.kernel.disk;

import io.warpengine.spi.disk.Disk;
import io.warpengine.testkit.DiskContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class RealDiskContractTest extends DiskContract {

  @TempDir Path directory = Path.of("");

  @Override
  protected Disk newDisk() {
    try {
      return RealDisk.at(Files.createDirectory(directory.resolve("root")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same directory through a symbolic link. */
  @Override
  protected Disk secondUser(Disk same) {
    try {
      Path link = directory.resolve("link");
      Files.deleteIfExists(link);
      return RealDisk.at(Files.createSymbolicLink(link, directory.resolve("root")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
