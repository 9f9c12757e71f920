/**
 * The write-ahead log: writes are staged in one order, made durable in groups, and replayed after a
 * crash; checkpoints keep the log short. Without it a database keeps no log and its durability is
 * NONE.
 */
@org.jspecify.annotations.NullMarked
@SuppressWarnings("module") // the kernel is not there when this is compiled
module io.warpengine.wal {
  requires io.warpengine.api;
  requires org.lz4.java;
  requires org.slf4j;

  exports io.warpengine.wal;

  opens io.warpengine.wal.internal to
      io.warpengine.kernel;

  provides io.warpengine.spi.WarpPlugin with
      io.warpengine.wal.internal.WalPlugin;
}
