package io.warpengine.kernel.engine;

import io.warpengine.api.Bytes;
import io.warpengine.api.Durability;
import io.warpengine.api.Position;
import io.warpengine.api.Receipt;
import io.warpengine.api.WriteOptions;
import io.warpengine.kernel.access.AccessRings;
import io.warpengine.kernel.access.MutationTail;
import io.warpengine.spi.access.WriteInterceptor;
import io.warpengine.spi.journal.Journal;
import io.warpengine.spi.store.SpaceKeys;
import io.warpengine.spi.store.StoredRecord;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Applies single writes. Every method checks, locks, looks, stages, applies and unlocks, and
 * returns a receipt that promises what was asked for: whoever called waits for the journal before
 * handing it on. Null means that the write changed nothing; then the caller waits for what the look
 * was based on, see {@link #settled}.
 */
final class Writer {

  final Shards shards;
  final Expiry expiry;
  final Journal journal;
  private final WriteInterceptor[] interceptors;
  private final AccessRings rings;
  private final MutationTail tail;
  private final Set<Durability> durabilities;
  private final Durability defaultDurability;
  private final boolean journalled;
  private final long maxValueBytes;
  private final String readOnly;

  Writer(EngineParts parts, Shards shards, Expiry expiry) {
    this.shards = shards;
    this.expiry = expiry;
    journal = parts.journal();
    interceptors = parts.interceptors().toArray(WriteInterceptor[]::new);
    rings = parts.rings();
    tail = parts.tail();
    durabilities = Set.copyOf(journal.durabilities());
    defaultDurability = journal.defaultDurability();
    journalled = !(journal instanceof NoJournal);
    maxValueBytes = parts.config().maxValueBytes().bytes();
    readOnly = parts.readOnly();
  }

  Receipt put(Space space, Bytes userKey, Bytes value, WriteOptions options) {
    Durability durability = check(space, userKey, value, options);
    long expiresAt = expiresAt(space, options.timeToLive());
    Bytes key = space.stored(userKey);
    long hash = shards.hash.of(key);
    Shard shard = shards.lockOwner(shards.hash.ofSlot(key, hash));
    Receipt receipt;
    try {
      space.checkThere();
      receipt = store(space, shard, hash, key, value, expiresAt, durability);
    } finally {
      shard.lock.unlock();
    }
    rings.record(Access.PUT, hash, shard.number, key, key.size() + value.size(), 0);
    return receipt;
  }

  @Nullable Receipt putIfAbsent(Space space, Bytes userKey, Bytes value, WriteOptions options) {
    Durability durability = check(space, userKey, value, options);
    long expiresAt = expiresAt(space, options.timeToLive());
    Bytes key = space.stored(userKey);
    long hash = shards.hash.of(key);
    Shard shard = shards.lockOwner(shards.hash.ofSlot(key, hash));
    Receipt receipt;
    try {
      space.checkThere();
      if (expiry.isLive(shard.store.find(Shards.indexHash(hash), key))) {
        return null;
      }
      receipt = store(space, shard, hash, key, value, expiresAt, durability);
    } finally {
      shard.lock.unlock();
    }
    rings.record(Access.PUT, hash, shard.number, key, key.size() + value.size(), 0);
    return receipt;
  }

  @Nullable Receipt compareAndSet(
      Space space, Bytes userKey, Bytes expected, Bytes value, WriteOptions options) {
    Durability durability = check(space, userKey, value, options);
    long expiresAt = expiresAt(space, options.timeToLive());
    Bytes key = space.stored(userKey);
    long hash = shards.hash.of(key);
    Shard shard = shards.lockOwner(shards.hash.ofSlot(key, hash));
    Receipt receipt;
    try {
      space.checkThere();
      StoredRecord present = shard.store.find(Shards.indexHash(hash), key);
      if (present == null || !expiry.isLive(present) || !present.value().equals(expected)) {
        return null;
      }
      receipt = store(space, shard, hash, key, value, expiresAt, durability);
    } finally {
      shard.lock.unlock();
    }
    rings.record(Access.PUT, hash, shard.number, key, key.size() + value.size(), 0);
    return receipt;
  }

  @Nullable Receipt delete(Space space, Bytes userKey, WriteOptions options) {
    Durability durability = check(space, userKey, Bytes.EMPTY, options);
    Bytes key = space.stored(userKey);
    long hash = shards.hash.of(key);
    Shard shard = shards.lockOwner(shards.hash.ofSlot(key, hash));
    Receipt receipt;
    try {
      space.checkThere();
      if (!expiry.isLive(shard.store.find(Shards.indexHash(hash), key))) {
        return null;
      }
      interceptDelete(space, key);
      receipt = remove(shard, hash, key, durability);
    } finally {
      shard.lock.unlock();
    }
    rings.record(Access.DELETE, hash, shard.number, key, key.size(), 0);
    return receipt;
  }

  /** Adds to a number; the sum comes back with the receipt. */
  Sum increment(Space space, Bytes userKey, long delta, WriteOptions options) {
    Durability durability = check(space, userKey, Bytes.EMPTY, options);
    Bytes key = space.stored(userKey);
    long expiresAtNew = expiresAt(space, options.timeToLive());
    long hash = shards.hash.of(key);
    Shard shard = shards.lockOwner(shards.hash.ofSlot(key, hash));
    Sum sum;
    try {
      space.checkThere();
      StoredRecord present = shard.store.find(Shards.indexHash(hash), key);
      long number = delta;
      long expiresAt = expiresAtNew;
      if (present != null && expiry.isLive(present)) {
        number = Decimal.add(present.value(), delta);
        if (options.timeToLive().isEmpty()) {
          expiresAt = present.expires() ? present.expiresAtMillis() : Expiry.NEVER;
        }
      }
      Bytes value = Bytes.utf8(Long.toString(number));
      checkValue(value);
      sum = new Sum(number, store(space, shard, hash, key, value, expiresAt, durability));
    } finally {
      shard.lock.unlock();
    }
    rings.record(Access.PUT, hash, shard.number, key, key.size() + 8, 0);
    return sum;
  }

  /** A number after an increment, and its write. */
  record Sum(long value, Receipt receipt) {}

  /**
   * Removes a record that has expired or whose space was dropped, if it is still the given one;
   * without waiting for anything and without asking interceptors.
   *
   * @return whether it was removed
   */
  boolean discard(Shard shard, StoredRecord record) {
    Bytes key = record.key();
    long hash = shards.hash.of(key);
    shards.lock(shard);
    try {
      StoredRecord present = shard.store.find(record.hash(), key);
      if (present == null || present.sequence() != record.sequence()) {
        return false;
      }
      remove(shard, hash, key, defaultDurability);
      return true;
    } finally {
      shard.lock.unlock();
    }
  }

  /** Waits until a write has reached what it asked for; gives the receipt that says what it has. */
  Receipt acknowledged(Receipt receipt) {
    if (!journalled) {
      return receipt;
    }
    Durability asked = receipt.durability();
    return reached(receipt, journal.await(receipt.position().lsn(0), asked));
  }

  /** The receipt with what was really reached. */
  static Receipt reached(Receipt receipt, Durability durability) {
    return durability == receipt.durability()
        ? receipt
        : new Receipt(receipt.shard(), receipt.sequence(), receipt.position(), durability);
  }

  /**
   * Waits until everything that a look at the present state can have been based on has reached a
   * durability: otherwise "there is nothing to delete" could rest on a delete that a crash undoes.
   */
  void settled(Space space, WriteOptions options) {
    if (journalled) {
      journal.await(journal.staged().lsn(0), durability(space, options));
    }
  }

  /** The end of what is staged; 0 without a journal. */
  long staged() {
    return journalled ? journal.staged().lsn(0) : 0;
  }

  /** Waits until everything that is staged is as durable as the journal can make it. */
  void settle() {
    if (journalled) {
      journal.await(journal.staged().lsn(0), strongest());
    }
  }

  /** The strongest durability that the journal gives. */
  Durability strongest() {
    return Collections.max(durabilities);
  }

  /** What a write waits for. */
  Durability durability(Space space, WriteOptions options) {
    Optional<Durability> named = options.durability();
    if (named.isEmpty()) {
      named = space.options().durability();
    }
    if (named.isEmpty()) {
      return defaultDurability;
    }
    Durability asked = named.get();
    if (!durabilities.contains(asked)) {
      throw Refusals.durabilityUnsupported(asked, durabilities);
    }
    return asked;
  }

  /** When a record that is put with a time to live, or none, expires. */
  long expiresAt(Space space, Optional<Duration> timeToLive) {
    return expiry.expiryOf(timeToLive.isPresent() ? timeToLive : space.options().timeToLive());
  }

  boolean isJournalled() {
    return journalled;
  }

  /** Whether the database was opened for reading only. */
  boolean isReadOnly() {
    return !readOnly.isEmpty();
  }

  /** Refuses if the database was opened for reading only. */
  void checkWritable() {
    if (!readOnly.isEmpty()) {
      throw Refusals.readOnly(readOnly);
    }
  }

  void checkValue(Bytes value) {
    if (value.size() > maxValueBytes) {
      throw Refusals.valueTooLarge(value.size(), maxValueBytes);
    }
  }

  /** What interceptors make of a value that goes to a stored key. */
  Bytes intercepted(Space space, Bytes key, Bytes value) {
    if (interceptors.length == 0 || space == Space.CATALOG) {
      return value;
    }
    Bytes userKey = SpaceKeys.keyOf(key);
    Bytes result = value;
    for (WriteInterceptor interceptor : interceptors) {
      result = interceptor.onPut(space.name, userKey, result);
    }
    checkValue(result);
    return result;
  }

  /** Tells interceptors of the delete of a stored key. */
  void interceptDelete(Space space, Bytes key) {
    if (interceptors.length == 0 || space == Space.CATALOG) {
      return;
    }
    Bytes userKey = SpaceKeys.keyOf(key);
    for (WriteInterceptor interceptor : interceptors) {
      interceptor.onDelete(space.name, userKey);
    }
  }

  private Durability check(Space space, Bytes key, Bytes value, WriteOptions options) {
    shards.checkOpen();
    checkWritable();
    Shards.checkKey(key);
    checkValue(value);
    return durability(space, options);
  }

  private Receipt store(
      Space space,
      Shard shard,
      long hash,
      Bytes key,
      Bytes value,
      long expiresAt,
      Durability durability) {
    Bytes kept = intercepted(space, key, value);
    int indexHash = Shards.indexHash(hash);
    StoredRecord record = StoredRecord.of(key, kept, indexHash, shard.sequence + 1, expiresAt);
    return apply(shard, record, durability);
  }

  private Receipt remove(Shard shard, long hash, Bytes key, Durability durability) {
    int indexHash = Shards.indexHash(hash);
    return apply(shard, StoredRecord.tombstone(key, indexHash, shard.sequence + 1), durability);
  }

  /** Stages a record or a tombstone, then applies it. */
  private Receipt apply(Shard shard, StoredRecord record, Durability durability) {
    long lsn = journalled ? journal.stage(shard.number, record) : 0;
    try {
      shard.apply(record);
      tail.append(lsn, shard.number, record);
    } catch (RuntimeException | Error e) {
      if (journalled) {
        throw shards.part(e);
      }
      throw e;
    }
    return new Receipt(
        shard.number, record.sequence(), lsn == 0 ? Position.START : Position.of(lsn), durability);
  }
}
