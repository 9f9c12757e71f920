package io.warpengine.api;

import java.util.List;
import java.util.SortedMap;

/**
 * What the database holds and has measured, each shard read under its lock: the parts may be some
 * microseconds apart.
 *
 * @param keys number of records in the default space, those that expired but were not yet removed
 *     included
 * @param keyBytes bytes of their keys
 * @param valueBytes bytes of their values
 * @param durability the default that writes wait for
 * @param position end of what was written
 * @param durable end of what is known to be on the device
 * @param shards one element per shard: what is stored, of all spaces and about them
 * @param spaces one element per named space, sorted by name
 * @param metrics every registered metric by name, in the unit that its name ends with
 */
public record DatabaseStats(
    long keys,
    long keyBytes,
    long valueBytes,
    Durability durability,
    Position position,
    Position durable,
    List<ShardStats> shards,
    List<SpaceStats> spaces,
    SortedMap<String, Double> metrics) {}
