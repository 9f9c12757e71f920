package io.warpengine.spi.config;

/**
 * A number of bytes, written as {@code 512}, {@code 64KiB}, {@code 16MiB} or {@code 2GiB}.
 *
 * @param bytes 0 or more
 */
public record ByteSize(long bytes) {

  /**
   * Checks the sign.
   *
   * @throws IllegalArgumentException if negative
   */
  public ByteSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("A size of [" + bytes + "] bytes is below zero.");
    }
  }

  /** The number with the largest unit that divides it. */
  @Override
  public String toString() {
    String[] units = {"", "KiB", "MiB", "GiB"};
    long number = bytes;
    int unit = 0;
    while (unit < units.length - 1 && number > 0 && number % 1024 == 0) {
      number /= 1024;
      unit++;
    }
    return number + units[unit];
  }
}
