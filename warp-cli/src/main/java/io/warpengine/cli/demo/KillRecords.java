package io.warpengine.cli.demo;

import io.warpengine.api.Bytes;
import java.util.HexFormat;

/** The records that are written while the process is killed: each value follows from its number. */
final class KillRecords {

  static final Bytes PREFIX = Bytes.utf8("kill:");

  private static final int COPIES = 6;

  private KillRecords() {}

  static Bytes key(long number) {
    return Bytes.utf8("kill:" + HexFormat.of().toHexDigits(number));
  }

  static Bytes value(long number) {
    long mixed = number * 0x9E3779B97F4A7C15L;
    StringBuilder value = new StringBuilder();
    for (int i = 0; i < COPIES; i++) {
      mixed = (mixed ^ mixed >>> 29) * 0xBF58476D1CE4E5B9L;
      value.append(HexFormat.of().toHexDigits(mixed));
    }
    return Bytes.utf8(value.toString());
  }
}
