/**
 * The engine: the data plane behind {@link io.warpengine.api.WarpDatabase}. It owns hashing, the
 * slot table, shard locks and sequences, expiry, batches and scans; stores, journal and cache are
 * called through their ports. The wiring makes one {@code Engine} from {@code EngineParts}; nobody
 * else enters.
 */
package io.warpengine.kernel.engine;
