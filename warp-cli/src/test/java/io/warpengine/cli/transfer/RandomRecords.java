package io.warpengine.cli.transfer;

import io.warpengine.api.Bytes;
import io.warpengine.api.Entry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;

/** Seeded records whose bytes are of every kind that the formats treat differently. */
final class RandomRecords {

  private static final String[] PIECES = {
    "{",
    "}",
    "[",
    "]",
    "\"",
    "\\",
    ",",
    ":",
    " ",
    "\n",
    "\r",
    "\r\n",
    "\t",
    "\0",
    "\u007f",
    "1",
    "-0",
    "1e5",
    "0.10",
    "true",
    "false",
    "null",
    "{}",
    "[]",
    "{\"a\":1}",
    "[1,2]",
    "{\"a\": 1}",
    "\ufeff",
    "\u2028",
    "é",
    "漢",
    "😀",
    "key",
    "value",
    "\\u0041",
    "\"\"",
    "x"
  };

  private final Random random;

  RandomRecords(long seed) {
    random = new Random(seed);
  }

  Entry next() {
    Bytes key = bytes();
    while (key.isEmpty()) {
      key = bytes();
    }
    Optional<Instant> expires =
        random.nextInt(4) == 0
            ? Optional.of(Instant.ofEpochMilli(4_000_000_000_000L + random.nextInt()))
            : Optional.empty();
    return new Entry(key, bytes(), 1, expires);
  }

  Bytes bytes() {
    return switch (random.nextInt(5)) {
      case 0 -> {
        byte[] any = new byte[random.nextInt(20)];
        random.nextBytes(any);
        yield Bytes.copyOf(any);
      }
      case 1 -> Bytes.utf8(PIECES[random.nextInt(PIECES.length)]);
      case 2 -> Bytes.utf8(json(3));
      case 3 -> Bytes.utf8(Long.toString(random.nextLong() >> random.nextInt(64)));
      default -> {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
          text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        byte[] mixed = text.toString().getBytes(StandardCharsets.UTF_8);
        if (mixed.length > 0 && random.nextInt(8) == 0) {
          mixed[random.nextInt(mixed.length)] = (byte) random.nextInt();
        }
        yield Bytes.copyOf(mixed);
      }
    };
  }

  private String json(int depth) {
    int kind = random.nextInt(depth > 0 ? 7 : 5);
    return switch (kind) {
      case 0 -> "true";
      case 1 -> Integer.toString(random.nextInt());
      case 2 -> "\"a\\n\\u00e9\"";
      case 3 -> "-1.5e3";
      case 4 -> "null";
      case 5 -> "[" + json(depth - 1) + (random.nextBoolean() ? "," : ", ") + json(depth - 1) + "]";
      default -> "{\"k\":" + json(depth - 1) + "}";
    };
  }
}
