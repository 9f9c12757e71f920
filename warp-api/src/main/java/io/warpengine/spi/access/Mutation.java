package io.warpengine.spi.access;

import io.warpengine.api.Bytes;
import io.warpengine.api.Position;
import java.time.Instant;
import java.util.Optional;

/**
 * One write that happened.
 *
 * @param shard its shard
 * @param sequence its number in the shard
 * @param position the end of its frame in the journal
 * @param key what was written
 * @param value the new value; empty if the key was deleted
 * @param expiresAt when the record will be gone; empty if never
 */
public record Mutation(
    int shard,
    long sequence,
    Position position,
    Bytes key,
    Optional<Bytes> value,
    Optional<Instant> expiresAt) {}
