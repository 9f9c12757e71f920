/**
 * Version 1 of the log's files: segment headers, frames, records and block files, byte by byte.
 * {@code docs/file-formats.md} shows the same as tables. Nothing here knows threads or the disk's
 * layout; a change of any byte is a new version in a package of its own.
 */
package io.warpengine.wal.internal.v1;
