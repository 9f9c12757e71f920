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
 * @param space the number of its space, {@link io.warpengine.spi.store.SpaceKeys#DEFAULT} for the
 *     default space; never used again for another space
 * @param spaceName the name of that space; empty for the default space and for one that was dropped
 * @param key what was written
 * @param value the new value; empty if the key was deleted
 * @param expiresAt when the record will be gone; empty if never
 */
public record Mutation(
    int shard,
    long sequence,
    Position position,
    int space,
    String spaceName,
    Bytes key,
    Optional<Bytes> value,
    Optional<Instant> expiresAt) {}
