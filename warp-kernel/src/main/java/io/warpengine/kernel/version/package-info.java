/**
 * What snapshots need: the moments that are open, and per shard the versions that they may still
 * read. The engine takes moments under all shard locks and asks here while it reads and writes.
 */
package io.warpengine.kernel.version;
