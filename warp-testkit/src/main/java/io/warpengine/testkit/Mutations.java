package io.warpengine.testkit;

import com.sun.management.ThreadMXBean;
import io.warpengine.api.WarpException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Feeds a decoder with inputs that are almost right: valid examples with bits flipped, bytes set,
 * numbers replaced by those at the limits, parts removed, repeated, exchanged or cut off.
 *
 * <p>A decoder gives what it decoded or refuses, with a {@link WarpException} or an {@link
 * IllegalArgumentException}. Anything else that it throws is a finding, and so is an allocation
 * much larger than the input. Give the test a time limit, so that a decoder that does not end is
 * one too.
 */
public final class Mutations {

  /** The most that decoding one input may allocate, in bytes. */
  private static final long MOST_ALLOCATED = 16L << 20;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final long[] LIMITS = {
    0,
    1,
    -1,
    0x7f,
    0x80,
    0xff,
    0x7fff,
    0xffff,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    1L << 30,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private Mutations() {}

  /** What is tested. */
  @FunctionalInterface
  public interface Decoder {

    /**
     * Decodes, and asserts what must hold if the input is not refused.
     *
     * @param input almost a valid input
     * @throws Exception if it is refused, or if the decoder is wrong
     */
    void decode(byte[] input) throws Exception;
  }

  /**
   * Decodes the examples, which must not be refused, and then mutations of them.
   *
   * @param examples valid inputs, at least one
   * @param usual number of mutations in an ordinary build
   * @param decoder what is tested
   * @throws AssertionError that names the seed and the input, with the failure as its cause
   */
  public static void check(List<byte[]> examples, int usual, Decoder decoder) {
    for (byte[] example : examples) {
      decode(example, decoder, false);
    }
    Seeds.forEach(usual, seed -> decode(mutation(examples, new Generator(seed)), decoder, true));
  }

  private static void decode(byte[] input, Decoder decoder, boolean mayRefuse) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try {
      decoder.decode(input.clone());
    } catch (WarpException | IllegalArgumentException refusal) {
      if (!mayRefuse) {
        throw finding("a valid input is refused", input, refusal);
      }
    } catch (Exception | AssertionError | StackOverflowError | OutOfMemoryError e) {
      throw finding(e.toString(), input, e);
    }
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    if (allocated > MOST_ALLOCATED) {
      String what = "[" + allocated + "] bytes are allocated";
      throw finding(what, input, new IllegalStateException(what));
    }
  }

  private static AssertionError finding(String what, byte[] input, Throwable cause) {
    return new AssertionError(
        what + " for the input [" + HexFormat.of().formatHex(input) + "]", cause);
  }

  /**
   * A mutation of one of several valid inputs; now and then it is as it was.
   *
   * @param examples valid inputs, at least one
   * @param choice chooses the input and what is done to it
   * @return a new array
   */
  public static byte[] mutation(List<byte[]> examples, Generator choice) {
    byte[] bytes = choice.choose(examples).clone();
    for (int i = choice.below(4); i >= 0; i--) {
      bytes = changed(bytes, examples, choice);
    }
    return bytes;
  }

  private static byte[] changed(byte[] bytes, List<byte[]> examples, Generator choice) {
    int at = choice.below(bytes.length + 1);
    int size = choice.below(Math.min(64, bytes.length - at) + 1);
    return switch (choice.below(9)) {
      case 0, 1 -> flipped(bytes, at, choice);
      case 2 -> overwritten(bytes, at, new byte[] {(byte) choice.number()});
      case 3 -> overwritten(bytes, at, number(choice));
      case 4 -> Arrays.copyOf(bytes, at);
      case 5 -> joined(bytes, at, new byte[0], at + size);
      case 6 -> joined(bytes, at, Arrays.copyOfRange(bytes, at, at + size), at);
      case 7 -> {
        byte[] other = choice.choose(examples);
        int from = choice.below(other.length + 1);
        int to = Math.min(other.length, from + choice.below(64));
        yield joined(bytes, at, Arrays.copyOfRange(other, from, to), at + size);
      }
      default -> joined(bytes, at, number(choice), at);
    };
  }

  private static byte[] flipped(byte[] bytes, int at, Generator choice) {
    if (at < bytes.length) {
      bytes[at] ^= (byte) (1 << choice.below(8));
    }
    return bytes;
  }

  private static byte[] overwritten(byte[] bytes, int at, byte[] with) {
    System.arraycopy(with, 0, bytes, at, Math.min(with.length, bytes.length - at));
    return bytes;
  }

  private static byte[] joined(byte[] bytes, int at, byte[] between, int from) {
    byte[] joined = Arrays.copyOf(bytes, at + between.length + bytes.length - from);
    System.arraycopy(between, 0, joined, at, between.length);
    System.arraycopy(bytes, from, joined, at + between.length, bytes.length - from);
    return joined;
  }

  /** A number at a limit, lowest byte first or as text. */
  private static byte[] number(Generator choice) {
    long number = LIMITS[choice.below(LIMITS.length)];
    if (choice.chance(0.3)) {
      return Long.toString(number).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }
    byte[] bytes = new byte[choice.chance(0.5) ? 4 : 8];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (number >>> (8 * i));
    }
    return bytes;
  }
}
