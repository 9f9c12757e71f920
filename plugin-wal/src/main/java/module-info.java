/** The journal; without it a database keeps no log and its durability is NONE. */
module io.warpengine.wal {}
