package io.warpengine.api;

/**
 * What one shard holds.
 *
 * @param shard its number, from 0
 * @param keys number of records, those that expired but were not yet removed included
 * @param keyBytes bytes of their keys
 * @param valueBytes bytes of their values
 * @param sequence number of the last write
 */
public record ShardStats(int shard, long keys, long keyBytes, long valueBytes, long sequence) {}
