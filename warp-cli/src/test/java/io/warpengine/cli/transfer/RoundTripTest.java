package io.warpengine.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.warpengine.api.Bytes;
import io.warpengine.api.Entry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RoundTripTest {

  private static final int RECORDS = 20_000;

  @ParameterizedTest
  @EnumSource(Format.class)
  void whatIsWrittenIsReadWithTheSameBytes(Format format) throws IOException {
    long seed = System.nanoTime();
    RandomRecords records = new RandomRecords(seed);
    List<Entry> written = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      written.add(records.next());
    }
    List<RecordItem> read = read(format, write(format, written));
    assertThat(read).as("records, seed %d", seed).hasSameSizeAs(written);
    for (int i = 0; i < RECORDS; i++) {
      Entry entry = written.get(i);
      assertThat(read.get(i))
          .as("record %d, seed %d", i, seed)
          .isEqualTo(new RecordItem(entry.key(), entry.value(), entry.expiresAt()));
    }
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void everyByteAsValueSurvives(Format format) throws IOException {
    List<Entry> written = new ArrayList<>();
    for (int b = 0; b < 256; b++) {
      Bytes one = Bytes.copyOf(new byte[] {(byte) b});
      written.add(new Entry(one, one, 1, Optional.empty()));
    }
    List<RecordItem> read = read(format, write(format, written));
    assertThat(read.stream().map(RecordItem::value))
        .containsExactlyElementsOf(written.stream().map(Entry::value).toList());
    assertThat(read.stream().map(RecordItem::key))
        .containsExactlyElementsOf(written.stream().map(Entry::key).toList());
  }

  @Test
  void jsonLinesShowJsonAsJsonTextAsTextAndOtherBytesAsBase64() throws IOException {
    assertThat(line("{\"a\":1}")).isEqualTo("{\"key\":\"k\",\"value\":{\"a\":1}}\n");
    assertThat(line("[1,2]")).isEqualTo("{\"key\":\"k\",\"value\":[1,2]}\n");
    assertThat(line("42")).isEqualTo("{\"key\":\"k\",\"value\":42}\n");
    assertThat(line("-7")).isEqualTo("{\"key\":\"k\",\"value\":-7}\n");
    assertThat(line("true")).isEqualTo("{\"key\":\"k\",\"value\":true}\n");
    assertThat(line("abc")).isEqualTo("{\"key\":\"k\",\"value\":\"abc\"}\n");
    assertThat(line("\"abc\"")).isEqualTo("{\"key\":\"k\",\"value\":\"\\\"abc\\\"\"}\n");
    assertThat(line("{\"a\": 1}")).isEqualTo("{\"key\":\"k\",\"value\":\"{\\\"a\\\": 1}\"}\n");
    assertThat(line("007")).isEqualTo("{\"key\":\"k\",\"value\":\"007\"}\n");
    assertThat(line("-0")).isEqualTo("{\"key\":\"k\",\"value\":\"-0\"}\n");
    assertThat(line("1.50")).isEqualTo("{\"key\":\"k\",\"value\":\"1.50\"}\n");
    assertThat(line("null")).isEqualTo("{\"key\":\"k\",\"value\":\"null\"}\n");
    assertThat(line("1234567890123456")).contains("\"1234567890123456\"");
    assertThat(line("")).isEqualTo("{\"key\":\"k\",\"value\":\"\"}\n");
    assertThat(line(Bytes.copyOf(new byte[] {(byte) 0xff}), Optional.empty()))
        .isEqualTo("{\"key\":\"k\",\"value64\":\"/w==\"}\n");
    assertThat(line(Bytes.utf8("v"), Optional.of(Instant.parse("2030-01-02T03:04:05.678Z"))))
        .isEqualTo("{\"key\":\"k\",\"value\":\"v\",\"expires\":\"2030-01-02T03:04:05.678Z\"}\n");
  }

  @Test
  void commaSeparatedValuesAreQuotedOnlyWhereNeeded() throws IOException {
    byte[] file =
        write(
            Format.CSV,
            List.of(entry("plain", "value"), entry("a,b", "say \"hi\""), entry("n", "two\nlines")));
    assertThat(new String(file, StandardCharsets.UTF_8))
        .isEqualTo(
            """
            key,key64,value,value64,expires
            plain,,value,,
            "a,b",,"say ""hi\""",,
            n,,"two
            lines",,
            """
                .replace("\n", "\r\n")
                .replace("two\r\n", "two\n"));
  }

  private static String line(String value) throws IOException {
    return line(Bytes.utf8(value), Optional.empty());
  }

  private static String line(Bytes value, Optional<Instant> expires) throws IOException {
    byte[] file = write(Format.JSONL, List.of(new Entry(Bytes.utf8("k"), value, 1, expires)));
    return new String(file, StandardCharsets.UTF_8);
  }

  private static Entry entry(String key, String value) {
    return new Entry(Bytes.utf8(key), Bytes.utf8(value), 1, Optional.empty());
  }

  static byte[] write(Format format, List<Entry> entries) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RecordWriter writer = RecordWriter.of(format, out, true);
    for (Entry entry : entries) {
      writer.write(entry);
    }
    return out.toByteArray();
  }

  static List<RecordItem> read(Format format, byte[] file) throws IOException {
    LineReader lines = new LineReader(new ByteArrayInputStream(file), 1 << 20);
    RecordReader reader = format == Format.CSV ? new CsvReader(lines) : new JsonLinesReader(lines);
    List<RecordItem> items = new ArrayList<>();
    for (Optional<RecordItem> item = reader.next(); item.isPresent(); item = reader.next()) {
      items.add(item.get());
    }
    return items;
  }
}
