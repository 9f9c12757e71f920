package io.warpengine.api;

/**
 * What is known of one acknowledged write.
 *
 * @param shard the shard that holds the key
 * @param sequence the write's number in its shard, from 1, without gaps in memory
 * @param position where its frame ends in the journal; {@link Position#START} without a journal
 * @param durability what had really been reached when the write was acknowledged, at least what was
 *     asked for
 */
public record Receipt(int shard, long sequence, Position position, Durability durability) {}
