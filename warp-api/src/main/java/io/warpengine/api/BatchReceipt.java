package io.warpengine.api;

/**
 * What is known of one acknowledged batch.
 *
 * @param operations number of writes in it
 * @param position where its one frame ends in the journal; {@link Position#START} without a journal
 * @param durability what had really been reached when the batch was acknowledged
 */
public record BatchReceipt(int operations, Position position, Durability durability) {}
