package io.warpengine.api;

/**
 * What a named space holds.
 *
 * @param name its name
 * @param options what holds for writes that say nothing else
 * @param keys number of records, those that expired but were not yet removed included
 * @param keyBytes bytes of their keys, as the user gave them
 * @param valueBytes bytes of their values
 */
public record SpaceStats(
    String name, SpaceOptions options, long keys, long keyBytes, long valueBytes) {}
