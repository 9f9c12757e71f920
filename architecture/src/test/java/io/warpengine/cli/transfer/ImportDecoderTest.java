package io.warpengine.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.testkit.Mutations;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files to be imported that are almost right: records, or what is wrong and where. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ImportDecoderTest {

  private static final int MUTATIONS = 20_000;

  private static final String LINES =
      """
      {"key":"a","value":{"x":[1,-2.5e3,true,null,{"y":"\\u00e9\\ud83d\\ude00\\n"}]}}
      {"key64":"AP8=","value64":"/w==","expires":"2030-01-02T03:04:05.678Z"}

      { "value" : 1234 , "key" : "b\\"c" }
      """;

  private static final String TABLE =
      """
      key,key64,value,value64,expires
      plain,,value,,
      "a,b",,"say ""hi\""",,2030-01-02T03:04:05.678Z
      ,AP8=,,/w==,
      n,,"two
      lines",,
      """;

  @Test
  void jsonLinesGiveRecordsOrSayWhatIsWrong() {
    check(LINES, JsonLinesReader::new);
  }

  @Test
  void commaSeparatedValuesGiveRecordsOrSayWhatIsWrong() {
    check(TABLE, CsvReader::new);
  }

  private static void check(String file, Function<LineReader, RecordReader> readers) {
    Mutations.check(
        List.of(file.getBytes(StandardCharsets.UTF_8)),
        MUTATIONS,
        bytes -> {
          LineReader lines = new LineReader(new ByteArrayInputStream(bytes), 300);
          read(readers.apply(lines), bytes.length);
          assertThat(lines.offset()).isLessThanOrEqualTo(bytes.length);
        });
  }

  private static void read(RecordReader reader, int bytes) throws IOException {
    for (int calls = 0; calls <= bytes; calls++) {
      try {
        Optional<RecordItem> item = reader.next();
        if (item.isEmpty()) {
          return;
        }
        assertThat(item.get().key().size()).isBetween(1, bytes);
        assertThat(item.get().value().size()).isLessThanOrEqualTo(bytes);
      } catch (InvalidRecord invalid) {
        assertThat(invalid.getMessage()).isNotBlank();
        assertThat(invalid.column()).isPositive();
        if (invalid.isLast()) {
          return;
        }
      }
    }
    throw new AssertionError("The reader does not come to the end.");
  }
}
