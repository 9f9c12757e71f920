package io.warpengine.api;

import java.time.Instant;
import java.util.Optional;

/**
 * A stored record as it was at one moment.
 *
 * @param key its key
 * @param value its value
 * @param sequence the number, in its shard, of the write that stored it
 * @param expiresAt when it will be gone; empty if never
 */
public record Entry(Bytes key, Bytes value, long sequence, Optional<Instant> expiresAt) {}
