/** The write-ahead log's public face: its error codes, its configuration and its extension. */
package io.warpengine.wal;
