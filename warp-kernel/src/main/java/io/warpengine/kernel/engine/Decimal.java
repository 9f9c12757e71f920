package io.warpengine.kernel.engine;

import io.warpengine.api.Bytes;

/** Whole numbers kept as decimal text. */
final class Decimal {

  private static final int MOST_CHARACTERS = 20;

  private Decimal() {}

  /** Adds to the number that a value is the text of. */
  static long add(Bytes value, long delta) {
    long number = parse(value);
    long sum = number + delta;
    if (((number ^ sum) & (delta ^ sum)) < 0) {
      throw Refusals.numberOverflow(delta);
    }
    return sum;
  }

  private static long parse(Bytes value) {
    int size = value.size();
    boolean negative = size > 0 && value.at(0) == '-';
    int first = negative ? 1 : 0;
    if (size == first || size > MOST_CHARACTERS) {
      throw Refusals.notANumber();
    }
    long number = 0;
    for (int i = first; i < size; i++) {
      int digit = value.at(i) - '0';
      if (digit < 0 || digit > 9 || number < (Long.MIN_VALUE + digit) / 10) {
        throw Refusals.notANumber();
      }
      number = number * 10 - digit;
    }
    if (!negative && number == Long.MIN_VALUE) {
      throw Refusals.notANumber();
    }
    return negative ? number : -number;
  }
}
