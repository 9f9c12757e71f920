package io.warpengine.api;

import io.warpengine.spi.EngineProvider;
import java.nio.file.Path;
import java.util.ServiceLoader;

/** The way in: opens databases. */
public final class Warp {

  private Warp() {}

  /**
   * Opens the database in a directory, and makes one if the directory is empty or not there.
   * Plugins are those on the module path or class path.
   *
   * @param directory where the data is
   * @return the open database, to be closed
   * @throws WarpException with every problem found
   */
  public static WarpDatabase open(Path directory) {
    return builder().directory(directory).open();
  }

  /**
   * Opens a database that lives and dies with the process.
   *
   * @return the open database, to be closed
   * @throws WarpException with every problem found
   */
  public static WarpDatabase inMemory() {
    return builder().open();
  }

  /**
   * Begins a database with settings.
   *
   * @return a new builder
   * @throws WarpException ENGINE_MISSING if no engine is on the module path or class path
   */
  public static WarpBuilder builder() {
    return ServiceLoader.load(EngineProvider.class)
        .findFirst()
        .or(() -> ServiceLoader.load(EngineProvider.class, Warp.class.getClassLoader()).findFirst())
        .orElseThrow(() ->
            new WarpException(
                CoreError.ENGINE_MISSING,
                "No WarpEngine kernel was found on the module path or class path.",
                "Add the artifact io.warpengine:warp-kernel at run time."))
        .newBuilder();
  }
}
