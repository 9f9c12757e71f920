package io.warpengine.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warpengine.api.Bytes;
import io.warpengine.cli.output.Text;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class JsonScannerTest {

  private static final int TEXTS = 100_000;
  private static final String ALPHABET = "{}[]\":,.+-eE0123 \\ubntrfalse\t\n漢";

  @Test
  void acceptsWhatAnotherParserAccepts() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    RandomRecords records = new RandomRecords(seed);
    int accepted = 0;
    for (int i = 0; i < TEXTS; i++) {
      String text = i % 2 == 0 ? records.bytes().toUtf8() : noise(random);
      boolean expected = jackson(text);
      assertThat(scans(text))
          .as("%s, seed %d", Text.shown(Bytes.utf8(text)), seed)
          .isEqualTo(expected);
      accepted += expected ? 1 : 0;
    }
    assertThat(accepted).as("accepted, seed %d", seed).isGreaterThan(TEXTS / 50);
  }

  private static String noise(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }

  private static boolean scans(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      JsonScanner scanner = new JsonScanner(bytes, 0, bytes.length, false);
      scanner.value();
      scanner.expectEnd();
      return true;
    } catch (InvalidRecord invalid) {
      return false;
    }
  }

  private static boolean jackson(String text) {
    if (text.startsWith("\ufeff") || text.indexOf(0) >= 0) {
      return false; // Jackson passes over a byte order mark and over NUL; the grammar has neither.
    }
    try (JsonParser parser =
        new JsonFactory()
            .createParser(ObjectReadContext.empty(), text.getBytes(StandardCharsets.UTF_8))) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      parser.finishToken();
      return parser.nextToken() == null;
    } catch (JacksonException invalid) {
      return false;
    }
  }

  @Test
  void onlyObjectsAndArraysWithoutSpacesAreCompactContainers() {
    assertThat(compact("{\"a\":[1,true,null,\"b c\"]}")).isTrue();
    assertThat(compact("[]")).isTrue();
    assertThat(compact("{}")).isTrue();
    assertThat(compact("[1, 2]")).isFalse();
    assertThat(compact(" []")).isFalse();
    assertThat(compact("[] ")).isFalse();
    assertThat(compact("[]]")).isFalse();
    assertThat(compact("\"text\"")).isFalse();
    assertThat(compact("1")).isFalse();
    assertThat(compact("[01]")).isFalse();
    assertThat(compact("")).isFalse();
  }

  private static boolean compact(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return JsonScanner.isCompactContainer(bytes, 0, bytes.length);
  }

  @Test
  void nestingIsBounded() {
    String deepest = "[".repeat(JsonScanner.MAX_DEPTH) + "]".repeat(JsonScanner.MAX_DEPTH);
    assertThat(compact(deepest)).isTrue();
    assertThat(compact("[" + deepest + "]")).isFalse();
  }

  @Test
  void escapesBecomeTheirCharacters() {
    assertThat(text("\"\\u0041\\n\\t\\r\\b\\f\\/\\\\\\\"é\\ud83d\\ude00\""))
        .isEqualTo("A\n\t\r\b\f/\\\"é😀");
  }

  @Test
  void halfASurrogatePairIsRefused() {
    for (String half : new String[] {"\"\\ud83d\"", "\"\\ude00\"", "\"\\ud83d\\u0041\""}) {
      assertThatThrownBy(() -> text(half))
          .isInstanceOf(InvalidRecord.class)
          .hasMessageContaining("surrogate");
    }
  }

  private static String text(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return new String(
        new JsonScanner(bytes, 0, bytes.length, false).text(), StandardCharsets.UTF_8);
  }

  @Test
  void utf8IsToldFromOtherBytesAsTheDecoderDoes() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < TEXTS; i++) {
      byte[] bytes = new byte[random.nextInt(6)];
      for (int j = 0; j < bytes.length; j++) {
        bytes[j] = (byte) (random.nextInt(3) == 0 ? random.nextInt() : random.nextInt(64) + 0xa0);
        if (random.nextInt(4) == 0) {
          bytes[j] = (byte) (0xe0 + random.nextInt(32));
        }
      }
      boolean same =
          java.util.Arrays.equals(
              bytes, new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8));
      assertThat(Text.isUtf8(Bytes.copyOf(bytes)))
          .as("%s, seed %d", Bytes.copyOf(bytes), seed)
          .isEqualTo(same);
    }
  }
}
