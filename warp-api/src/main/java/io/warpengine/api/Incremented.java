package io.warpengine.api;

/**
 * The outcome of an increment.
 *
 * @param value the number after it
 * @param receipt the write that stored it
 */
public record Incremented(long value, Receipt receipt) {}
