/**
 * Typed views over keys and values. {@link io.warpengine.records.Records} is the way in; {@link
 * io.warpengine.records.KeyCodec} and {@link io.warpengine.records.Codec} turn Java values into
 * bytes and back; the annotations say what a record's components mean for the store.
 */
package io.warpengine.records;
