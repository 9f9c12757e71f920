package io.warpengine.kernel.engine;

import io.warpengine.api.Bytes;
import io.warpengine.api.Entry;
import io.warpengine.api.Scan;
import io.warpengine.api.ScanCursor;
import io.warpengine.api.WarpTransaction;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A transaction that only reads: a snapshot. */
final class ReadOnlyTransaction implements WarpTransaction {

  private final Snapshot snapshot;

  ReadOnlyTransaction(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  @Override
  public WarpTransaction space(String name) {
    return new ReadOnlyTransaction(snapshot.space(name));
  }

  @Override
  public Optional<Bytes> get(Bytes key) {
    return snapshot.get(key);
  }

  @Override
  public Optional<Entry> entry(Bytes key) {
    return snapshot.entry(key);
  }

  @Override
  public List<Optional<Bytes>> multiGet(List<Bytes> keys) {
    return snapshot.multiGet(keys);
  }

  @Override
  public ScanCursor scan(Scan scan) {
    return snapshot.scan(scan);
  }

  @Override
  public void put(Bytes key, Bytes value) {
    throw Refusals.transactionReadsOnly();
  }

  @Override
  public void put(Bytes key, Bytes value, Duration timeToLive) {
    put(key, value);
  }

  @Override
  public void delete(Bytes key) {
    put(key, Bytes.EMPTY);
  }

  @Override
  public <T> T transact(Function<WarpTransaction, T> body) {
    return body.apply(this);
  }
}
