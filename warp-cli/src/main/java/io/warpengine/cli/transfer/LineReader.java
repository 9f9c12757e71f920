package io.warpengine.cli.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Splits a stream of bytes at line feeds, in constant memory, and keeps count of lines, bytes and a
 * checksum of everything before the end of the current line.
 */
final class LineReader {

  private final InputStream in;
  private final int maxLine;
  private final CRC32C crc = new CRC32C();
  private byte[] buffer;
  private int start;
  private int end;
  private int next;
  private int filled;
  private int searched;
  private long line;
  private long firstLine;
  private long offset;

  /**
   * A reader at the beginning of a stream.
   *
   * @param in the bytes
   * @param maxLine the longest line that is taken, in bytes
   */
  LineReader(InputStream in, int maxLine) {
    this.in = in;
    this.maxLine = maxLine;
    this.buffer = new byte[Math.min(1 << 18, maxLine + 1)];
  }

  /**
   * Goes to the next line.
   *
   * @return false at the end of the stream
   */
  boolean next() throws IOException {
    start = next;
    searched = next;
    firstLine = line + 1;
    return extend();
  }

  /**
   * Adds the following line to the current one, line feed included.
   *
   * @return false at the end of the stream
   */
  boolean extend() throws IOException {
    while (true) {
      int feed = find();
      if (feed >= 0) {
        finish(feed, feed + 1);
        return true;
      }
      searched = filled;
      if (filled - start > maxLine) {
        throw InvalidRecord.last("The record is longer than [" + maxLine + "] bytes.");
      }
      if (!fill()) {
        if (next == filled) {
          return false;
        }
        finish(filled, filled);
        return true;
      }
    }
  }

  private int find() {
    byte[] bytes = buffer;
    for (int i = searched; i < filled; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private void finish(int lineEnd, int following) {
    crc.update(buffer, next, following - next);
    offset += following - next;
    line++;
    end = lineEnd;
    next = following;
    searched = following;
  }

  private boolean fill() throws IOException {
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, filled - start);
      filled -= start;
      next -= start;
      end -= start;
      searched -= start;
      start = 0;
    }
    if (filled == buffer.length) {
      buffer = Arrays.copyOf(buffer, (int) Math.min(maxLine + 2L, buffer.length * 2L));
    }
    int count = in.read(buffer, filled, buffer.length - filled);
    if (count <= 0) {
      return false;
    }
    filled += count;
    return true;
  }

  /** The array that holds the current line until the next call. */
  byte[] buffer() {
    return buffer;
  }

  /** Where the current line begins in the array. */
  int start() {
    return start;
  }

  /** Where it ends, without its line feed and a carriage return before it. */
  int end() {
    return end > start && buffer[end - 1] == '\r' ? end - 1 : end;
  }

  /** Number of the line on which the current one began, from 1. */
  long firstLine() {
    return firstLine;
  }

  /** Lines read so far. */
  long lines() {
    return line;
  }

  /** Bytes up to the end of the current line. */
  long offset() {
    return offset;
  }

  /** CRC32C of those bytes. */
  long checksum() {
    return crc.getValue();
  }
}
