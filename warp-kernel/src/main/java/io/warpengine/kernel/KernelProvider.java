package io.warpengine.kernel;

import io.warpengine.api.WarpBuilder;
import io.warpengine.spi.EngineProvider;
import org.slf4j.LoggerFactory;

/**
 * What {@link io.warpengine.api.Warp} finds when the kernel is there.
 *
 * <p>An embedded library prints nothing: a program without a logging backend does not want to read
 * about it on its standard error. The logging facade reads its verbosity once, so the property is
 * set while it starts and put back.
 */
public final class KernelProvider implements EngineProvider {

  private static final String VERBOSITY = "slf4j.internal.verbosity";

  static {
    if (System.getProperty(VERBOSITY) == null) {
      System.setProperty(VERBOSITY, "ERROR");
      LoggerFactory.getILoggerFactory();
      System.clearProperty(VERBOSITY);
    }
  }

  /** The provider. */
  public KernelProvider() {}

  @Override
  public WarpBuilder newBuilder() {
    return new DatabaseBuilder();
  }
}
