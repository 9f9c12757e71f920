package io.warpengine.kernel.engine;

import io.warpengine.api.AsyncWarpDatabase;
import io.warpengine.api.BatchReceipt;
import io.warpengine.api.Bytes;
import io.warpengine.api.DatabaseStats;
import io.warpengine.api.Durability;
import io.warpengine.api.Entry;
import io.warpengine.api.Incremented;
import io.warpengine.api.Position;
import io.warpengine.api.ReadOptions;
import io.warpengine.api.Receipt;
import io.warpengine.api.Scan;
import io.warpengine.api.ScanCursor;
import io.warpengine.api.Tree;
import io.warpengine.api.WarpDatabase;
import io.warpengine.api.WriteBatch;
import io.warpengine.api.WriteOptions;
import io.warpengine.spi.Operation;
import io.warpengine.spi.store.Checkpointable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The database: routes every operation to its shard. */
public final class Engine implements WarpDatabase {

  private final EngineParts parts;

  /**
   * An engine that holds nothing yet; {@link #recover} comes next.
   *
   * @param parts what it is made of
   */
  public Engine(EngineParts parts) {
    this.parts = parts;
  }

  /**
   * Brings back what the journal kept, registers the background work and lets operations in. Called
   * once, also without a journal.
   *
   * @param pluginOwners what takes part in checkpoints besides the shards
   */
  public void recover(List<Checkpointable> pluginOwners) {}

  @Override
  public Optional<Bytes> get(Bytes key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Bytes> get(Bytes key, ReadOptions options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Entry> entry(Bytes key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Optional<Bytes>> multiGet(List<Bytes> keys) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Receipt put(Bytes key, Bytes value, WriteOptions options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Receipt> delete(Bytes key, WriteOptions options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Receipt> putIfAbsent(Bytes key, Bytes value, WriteOptions options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Receipt> compareAndSet(
      Bytes key, Bytes expected, Bytes value, WriteOptions options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Incremented increment(Bytes key, long delta, WriteOptions options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public BatchReceipt writeBatch(WriteBatch batch, WriteOptions options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ScanCursor scan(Scan scan) {
    throw new UnsupportedOperationException();
  }

  @Override
  public AsyncWarpDatabase async() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Position flush() {
    throw new UnsupportedOperationException();
  }

  @Override
  public DatabaseStats stats() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Durability durability() {
    return parts.journal().defaultDurability();
  }

  @Override
  public boolean readOnly() {
    return !parts.readOnly().isEmpty();
  }

  @Override
  public <T> T extension(Class<T> api) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <T> Optional<T> findExtension(Class<T> api) {
    return parts.services().extension(api);
  }

  @Override
  public List<Operation> operations() {
    return parts.services().operations();
  }

  @Override
  public Tree call(String name, Map<String, Object> arguments, Consumer<Tree> rows) {
    return parts.services().call(name, arguments, rows);
  }

  @Override
  public void close() {
    parts.services().close();
  }
}
