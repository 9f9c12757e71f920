package io.warpengine.records;

import java.time.Instant;
import java.util.Optional;

/**
 * A stored record as it was at one moment.
 *
 * @param key its key
 * @param value its value
 * @param sequence the number, in its shard, of the write that stored it
 * @param expiresAt when it will be gone; empty if never
 * @param <K> the type of the key
 * @param <V> the type of the value
 */
public record TypedEntry<K, V>(K key, V value, long sequence, Optional<Instant> expiresAt) {}
