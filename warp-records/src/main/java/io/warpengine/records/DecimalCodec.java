package io.warpengine.records;

import io.warpengine.api.Bytes;
import io.warpengine.api.WarpException;

/** Numbers as decimal text. */
final class DecimalCodec implements Codec<Long> {

  @Override
  public Bytes encode(Long value) {
    return Bytes.utf8(value.toString());
  }

  @Override
  public Long decode(Bytes bytes) {
    try {
      return Long.valueOf(bytes.toUtf8());
    } catch (NumberFormatException e) {
      // Its message holds the text.
      throw new WarpException(
          RecordsError.VALUE_UNREADABLE,
          "A stored value is no decimal number.",
          "Check that the space holds values of this type.");
    }
  }
}
