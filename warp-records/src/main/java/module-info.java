/**
 * Typed views of a space: keys and values as Java types, records in a compact binary form that
 * evolves by declaration, expiry and shard tags read from annotations, secondary indexes.
 *
 * <p>It sits on the public API alone, so it works over every database and every plugin. A record in
 * a named module is reached if its package is opened to this module, or if the record is public in
 * an exported package. {@link io.warpengine.records.JsonCodec} alone needs Jackson.
 */
@org.jspecify.annotations.NullMarked
module io.warpengine.records {
  requires transitive io.warpengine.api;
  requires static tools.jackson.databind;

  exports io.warpengine.records;
}
