package io.warpengine.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordReaderTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"key\":\"k\"}|1|The field [value] is missing.",
        "{\"value\":1}|1|The field [key] is missing.",
        "{\"key\":\"\",\"value\":1}|8|The key is empty.",
        "{\"key\":\"k\",\"value\":null}|20|A value cannot be null",
        "{\"key\":1,\"value\":1}|8|A text in quotes is missing here.",
        "{\"key\":\"k\",\"key64\":\"aw==\",\"value\":1}|12|The key is given twice.",
        "{\"key\":\"k\",\"value\":1,\"value\":1}|22|The value is given twice.",
        "{\"key\":\"k\",\"value64\":\"?\"}|22|The text is no base64.",
        "{\"key\":\"k\",\"value\":1,\"expires\":\"soon\"}|32|The time is not written as",
        "{\"kee\":\"k\",\"value\":1}|2|The field [kee] is none of",
        "{\"key\":\"k\",\"value\":1} x|23|Something follows the record.",
        "{\"key\":\"k\",\"value\":1|21|A [}] is missing here.",
        "{\"key\":\"k\",\"value\":1,}|22|A name in quotes is missing here.",
        "[1]|1|A [{] is missing here.",
        "{\"key\":\"k\",\"value\":tru}|23|This is no JSON value.",
      })
  void aLineThatIsNoRecordSaysWhereAndWhy(String line, int column, String sentence) {
    InvalidRecord invalid =
        catchThrowableOfType(
            InvalidRecord.class,
            () -> RoundTripTest.read(Format.JSONL, line.getBytes(StandardCharsets.UTF_8)));
    assertThat(invalid).hasMessageContaining(sentence);
    assertThat(invalid.column()).isEqualTo(column);
  }

  @Test
  void blankLinesAMarkAndCarriageReturnsArePassedOver() throws IOException {
    String file = "\ufeff{\"key\":\"a\",\"value\":\"1\"}\r\n\r\n  \n{\"value\":2,\"key\":\"b\"}";
    assertThat(RoundTripTest.read(Format.JSONL, file.getBytes(StandardCharsets.UTF_8)))
        .extracting(item -> item.key().toUtf8() + "=" + item.value().toUtf8())
        .containsExactly("a=1", "b=2");
  }

  @Test
  void aValueKeepsTheBytesOfTheLine() throws IOException {
    String file = "{ \"key\" : \"a\" , \"value\" : { \"x\" : 1.0e2 } }";
    assertThat(RoundTripTest.read(Format.JSONL, file.getBytes(StandardCharsets.UTF_8)))
        .extracting(item -> item.value().toUtf8())
        .containsExactly("{ \"x\" : 1.0e2 }");
  }

  @Test
  void afterABadLineReadingGoesOn() throws IOException {
    String file = "nonsense\n{\"key\":\"a\",\"value\":1}\n";
    LineReader lines = lines(file);
    RecordReader reader = new JsonLinesReader(lines);
    assertThat(catchThrowableOfType(InvalidRecord.class, reader::next)).isNotNull();
    assertThat(reader.next().map(item -> item.key().toUtf8())).hasValue("a");
    assertThat(lines.firstLine()).isEqualTo(2);
    assertThat(reader.next()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`key,value\na`|There are [1] fields for [2] columns.",
        "`key,value\n,b`|The key is empty.",
        "`key,value\n\"a\"b,c`|Something follows the closing quote.",
        "`key,value\na\"b,c`|A quote in a field that does not begin with one.",
        "`key,value\n\"a,b`|The quoted field that begins here has no closing quote.",
        "`key,value,value64\na,b,Yg==`|Both [value] and [value64] are filled.",
        "`key,value64\na,?`|The text is no base64.",
        "`key,valeu\na,b`|The column [valeu] is not one of",
        "`key,key\na,b`|The column [key] is not one of",
        "`key,expires\na,b`|The first line names no columns",
        "`key,value,expires\na,b,c`|The time is not written as",
      })
  void aRowThatIsNoRecordSaysWhy(String file, String sentence) {
    assertThat(
            catchThrowableOfType(
                InvalidRecord.class,
                () -> RoundTripTest.read(Format.CSV, file.getBytes(StandardCharsets.UTF_8))))
        .hasMessageContaining(sentence);
  }

  @Test
  void columnsComeInAnyOrderAndQuotedFieldsGoOverLines() throws IOException {
    String file = "value,key\n\"one\r\ntwo, \"\"three\"\"\",a\r\n\nx,b\n";
    assertThat(RoundTripTest.read(Format.CSV, file.getBytes(StandardCharsets.UTF_8)))
        .extracting(item -> item.key().toUtf8() + "=" + item.value().toUtf8())
        .containsExactly("a=one\r\ntwo, \"three\"", "b=x");
  }

  @Test
  void aRowOverSeveralLinesIsNamedByItsFirst() throws IOException {
    LineReader lines = lines("key,value\na,\"1\n2\n3\"\nb,2\n");
    RecordReader reader = new CsvReader(lines);
    assertThat(reader.next()).isPresent();
    assertThat(lines.firstLine()).isEqualTo(2);
    assertThat(reader.next()).isPresent();
    assertThat(lines.firstLine()).isEqualTo(5);
    assertThat(lines.lines()).isEqualTo(5);
  }

  @Test
  void bytesThatAreNoTextAreRefusedInTextColumns() {
    byte[] csv = "key,value\na,?\n".getBytes(StandardCharsets.US_ASCII);
    csv[12] = (byte) 0xff;
    assertThat(catchThrowableOfType(InvalidRecord.class, () -> RoundTripTest.read(Format.CSV, csv)))
        .hasMessageContaining("not UTF-8");
    byte[] json = "{\"key\":\"?\",\"value\":1}".getBytes(StandardCharsets.US_ASCII);
    json[8] = (byte) 0xff;
    assertThat(
            catchThrowableOfType(InvalidRecord.class, () -> RoundTripTest.read(Format.JSONL, json)))
        .hasMessageContaining("not UTF-8");
  }

  @Test
  void aLineLongerThanTheLimitEndsReading() {
    LineReader lines = new LineReader(new ByteArrayInputStream(new byte[100]), 50);
    InvalidRecord invalid = catchThrowableOfType(InvalidRecord.class, lines::next);
    assertThat(invalid).hasMessageContaining("longer than [50] bytes");
    assertThat(invalid.isLast()).isTrue();
  }

  @Test
  void offsetsAndChecksumsSpeakOfWholeLines() throws IOException {
    byte[] file = "ab\ncd\r\n\nlast".getBytes(StandardCharsets.US_ASCII);
    List<Long> offsets = new ArrayList<>();
    LineReader lines = new LineReader(new ByteArrayInputStream(file), 100);
    List<String> texts = new ArrayList<>();
    while (lines.next()) {
      offsets.add(lines.offset());
      texts.add(
          new String(
              lines.buffer(),
              lines.start(),
              lines.end() - lines.start(),
              StandardCharsets.US_ASCII));
    }
    assertThat(offsets).containsExactly(3L, 7L, 8L, 12L);
    assertThat(texts).containsExactly("ab", "cd", "", "last");
    java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
    crc.update(file);
    assertThat(lines.checksum()).isEqualTo(crc.getValue());
  }

  @Test
  void progressIsReadBackAsStored() {
    ImportState state = new ImportState(1, 22, 333, 4444);
    assertThat(ImportState.of(state.stored())).isEqualTo(Optional.of(state));
    assertThat(ImportState.of(io.warpengine.api.Bytes.utf8("2 x"))).isEmpty();
  }

  private static LineReader lines(String file) {
    return new LineReader(new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), 1 << 20);
  }
}
