package dev.skald.server.query;

import dev.skald.logql.Labels;
import dev.skald.server.http.Response;
import dev.skald.server.http.StreamedBody;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes JSON into a growing array, with the escapes and numbers of Loki (http-api.md §1.5, §1.6).
 * Not safe for use by several threads.
 */
public final class JsonOutput {
  static final String JSON = "application/json; charset=UTF-8";
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] REPLACEMENT = {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD};
  private static final double EXACT = 1L << 53;

  private static final int PIECE = 1 << 16;

  private byte[] bytes = new byte[1 << 12];
  private int length;

  /** Returns the array that is written to; what was written ends at {@link #length}. */
  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }

  /** The reply that has what was written as its body. */
  Response reply() {
    return Response.bytes(200, JSON, bytes, length);
  }

  /** Sends what was written once it is long enough to be a piece of a body. */
  void spill(StreamedBody.Sink sink) {
    if (length >= PIECE) {
      flush(sink);
    }
  }

  /** Sends what was written. */
  void flush(StreamedBody.Sink sink) {
    try {
      sink.write(bytes, length);
      length = 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new InterruptedIOException("interrupted"));
    }
  }

  /** Writes a byte as it is. */
  JsonOutput raw(byte b) {
    reserve(1);
    bytes[length++] = b;
    return this;
  }

  /** Writes ASCII text as it stands. */
  public JsonOutput raw(String ascii) {
    reserve(ascii.length());
    for (int i = 0; i < ascii.length(); i++) {
      bytes[length++] = (byte) ascii.charAt(i);
    }
    return this;
  }

  public JsonOutput raw(char c) {
    reserve(1);
    bytes[length++] = (byte) c;
    return this;
  }

  /** Writes a string; only quotes, backslashes and control characters are escaped. */
  public JsonOutput string(String text) {
    return quoted(text, false);
  }

  /** Writes a string in which {@code <}, {@code >} and {@code &} are escaped too. */
  public JsonOutput htmlString(String text) {
    return quoted(text, true);
  }

  private JsonOutput quoted(String text, boolean html) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return quoted(utf8, utf8.length, html);
  }

  /** Writes a log line: HTML is escaped, a malformed byte becomes U+FFFD. */
  JsonOutput line(byte[] line) {
    return quoted(line, line.length, true);
  }

  private JsonOutput quoted(byte[] text, int end, boolean html) {
    reserve(end + 2);
    bytes[length++] = '"';
    for (int i = 0; i < end; i++) {
      byte b = text[i];
      if (b >= ' ' && b != '"' && b != '\\' && !(html && (b == '<' || b == '>' || b == '&'))) {
        reserve(end - i + 1);
        bytes[length++] = b;
      } else if (b >= 0) {
        escape(b);
      } else {
        i += multiByte(text, i, end, html) - 1;
      }
    }
    reserve(1);
    bytes[length++] = '"';
    return this;
  }

  private void escape(byte b) {
    reserve(6);
    switch (b) {
      case '"', '\\' -> {
        bytes[length++] = '\\';
        bytes[length++] = b;
      }
      case '\n' -> raw("\\n");
      case '\r' -> raw("\\r");
      case '\t' -> raw("\\t");
      default -> {
        raw("\\u00");
        bytes[length++] = HEX[b >> 4];
        bytes[length++] = HEX[b & 15];
      }
    }
  }

  /** Copies one character of several bytes, or replaces one malformed byte; returns its length. */
  private int multiByte(byte[] text, int at, int end, boolean html) {
    int size = Utf8Sequence.length(text, at, end);
    reserve(6);
    if (size == 0) {
      System.arraycopy(REPLACEMENT, 0, bytes, length, REPLACEMENT.length);
      length += REPLACEMENT.length;
      return 1;
    }
    boolean lineSeparator =
        html && size == 3 && text[at] == (byte) 0xE2 && text[at + 1] == (byte) 0x80;
    if (lineSeparator && (text[at + 2] == (byte) 0xA8 || text[at + 2] == (byte) 0xA9)) {
      raw(text[at + 2] == (byte) 0xA8 ? "\\u2028" : "\\u2029");
    } else {
      System.arraycopy(text, at, bytes, length, size);
      length += size;
    }
    return size;
  }

  public JsonOutput number(long number) {
    return raw(Long.toString(number));
  }

  /** Writes a sample's value: the shortest decimal that reads back, never with an exponent. */
  JsonOutput value(double value) {
    raw('"');
    if (value == Math.rint(value) && Math.abs(value) < EXACT && !isNegativeZero(value)) {
      number((long) value);
    } else if (Double.isNaN(value)) {
      raw("NaN");
    } else if (Double.isInfinite(value)) {
      raw(value > 0 ? "+Inf" : "-Inf");
    } else if (isNegativeZero(value)) {
      raw("-0");
    } else {
      raw(new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString());
    }
    return raw('"');
  }

  private static boolean isNegativeZero(double value) {
    return value == 0 && 1 / value < 0;
  }

  /** Writes milliseconds as seconds with up to three decimals. */
  JsonOutput seconds(long millis) {
    long fraction = Math.floorMod(millis, 1000L);
    if (fraction == 0) {
      return number(millis / 1000);
    }
    return raw(BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString());
  }

  /** Writes seconds from nanoseconds, as the statistics have them. */
  JsonOutput secondsFromNanos(long nanos) {
    return raw(BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString());
  }

  /** Writes a label set as an object, in the order of the names. */
  public JsonOutput labels(Labels labels, boolean html) {
    raw('{');
    for (int i = 0; i < labels.size(); i++) {
      if (i > 0) {
        raw(',');
      }
      quoted(labels.name(i), html).raw(':').quoted(labels.value(i), html);
    }
    return raw('}');
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, length * 2));
    }
  }
}
