/** The journal; without it a database keeps no log and its durability is NONE. */
@org.jspecify.annotations.NullMarked
module io.warpengine.wal {
  requires io.warpengine.api;
  requires org.slf4j;
}
