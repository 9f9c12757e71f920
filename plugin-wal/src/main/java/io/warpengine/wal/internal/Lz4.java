package io.warpengine.wal.internal;

import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/**
 * Compression of checkpoints: native code when this module may use it, else plain Java. The choice
 * is made here because the library would fall back silently.
 */
final class Lz4 {

  private static final LZ4Factory FACTORY = choose();

  private Lz4() {}

  static LZ4Compressor compressor() {
    return FACTORY.fastCompressor();
  }

  static LZ4SafeDecompressor decompressor() {
    return FACTORY.safeDecompressor();
  }

  private static LZ4Factory choose() {
    boolean allowed = LZ4Factory.class.getModule().isNativeAccessEnabled();
    LZ4Factory factory = allowed ? nativeOrSafe() : LZ4Factory.safeInstance();
    Loggers.LOG.debug("Checkpoints are compressed by {}", factory);
    return factory;
  }

  private static LZ4Factory nativeOrSafe() {
    try {
      return LZ4Factory.nativeInstance();
    } catch (LinkageError | AssertionError e) {
      Loggers.LOG.debug("There is no native compression for this platform", e);
      return LZ4Factory.safeInstance();
    }
  }
}
