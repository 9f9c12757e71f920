package io.warpengine.api;

import java.util.List;
import java.util.Optional;

/** What can be read: a database, a space of keys in it, a snapshot, a transaction. */
public interface WarpReader {

  /**
   * Reads a value.
   *
   * @param key 1 byte to 64 KiB
   * @return the value, a view of the stored record; empty if there is none
   */
  Optional<Bytes> get(Bytes key);

  /**
   * Reads a record with its sequence and expiry.
   *
   * @param key 1 byte to 64 KiB
   * @return the record; empty if there is none
   */
  Optional<Entry> entry(Bytes key);

  /**
   * Reads several values; on a database or a space each at its own moment.
   *
   * @param keys any number of keys, also repeated
   * @return one element per key, in their order
   */
  List<Optional<Bytes>> multiGet(List<Bytes> keys);

  /**
   * Goes through keys in order, as they are when the scan begins: of what is written meanwhile it
   * sees nothing. An open cursor keeps what is replaced, like a {@link WarpSnapshot}, and within
   * the same bounds.
   *
   * @param scan which keys, which way
   * @return a cursor, to be closed
   */
  ScanCursor scan(Scan scan);
}
