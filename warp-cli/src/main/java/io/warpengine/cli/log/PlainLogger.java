package io.warpengine.cli.log;

import java.io.PrintStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** Writes lines such as {@code warning: the disk is almost full}. */
final class PlainLogger extends LegacyAbstractLogger {

  private static final long serialVersionUID = 1L;

  private final boolean verbose;

  PlainLogger(String name, boolean verbose) {
    this.name = name;
    this.verbose = verbose;
  }

  @Override
  public boolean isTraceEnabled() {
    return false;
  }

  @Override
  public boolean isDebugEnabled() {
    return false;
  }

  @Override
  public boolean isInfoEnabled() {
    return verbose;
  }

  @Override
  public boolean isWarnEnabled() {
    return true;
  }

  @Override
  public boolean isErrorEnabled() {
    return true;
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      @Nullable String pattern,
      Object @Nullable [] arguments,
      @Nullable Throwable cause) {
    String label = level == Level.WARN ? "warning" : level.name().toLowerCase(Locale.ROOT);
    PrintStream err = System.err;
    synchronized (err) {
      err.println(label + ": " + MessageFormatter.basicArrayFormat(pattern, arguments));
      if (cause != null) {
        if (verbose) {
          cause.printStackTrace(err);
        } else {
          err.println("  because of: " + cause);
        }
      }
    }
  }
}
