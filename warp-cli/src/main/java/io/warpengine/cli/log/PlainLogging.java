package io.warpengine.cli.log;

import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Gives SLF4J loggers that write warnings and errors, with {@code --verbose} also information, as
 * one line each to standard error.
 */
public final class PlainLogging implements SLF4JServiceProvider {

  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final MDCAdapter context = new NOPMDCAdapter();
  private final boolean verbose = Boolean.getBoolean("io.warpengine.cli.verbose");

  /** Called by SLF4J. */
  public PlainLogging() {}

  @Override
  public ILoggerFactory getLoggerFactory() {
    return name -> new PlainLogger(name, verbose);
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return context;
  }

  @Override
  public String getRequestedApiVersion() {
    return "2.0.99";
  }

  @Override
  public void initialize() {
    // Everything is there from the beginning.
  }
}
