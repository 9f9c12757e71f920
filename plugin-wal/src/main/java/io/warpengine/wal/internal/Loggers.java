package io.warpengine.wal.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one logger of the log. */
final class Loggers {

  static final Logger LOG = LoggerFactory.getLogger("io.warpengine.wal");

  private Loggers() {}
}
