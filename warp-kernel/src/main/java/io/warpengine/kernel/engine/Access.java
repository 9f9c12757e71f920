package io.warpengine.kernel.engine;

import io.warpengine.spi.access.AccessBatch.Kind;

/** The kinds of access as the rings take them. */
@SuppressWarnings("EnumOrdinal")
final class Access {

  static final int HIT = Kind.HIT.ordinal();
  static final int MISS = Kind.MISS.ordinal();
  static final int PUT = Kind.PUT.ordinal();
  static final int DELETE = Kind.DELETE.ordinal();

  private Access() {}
}
