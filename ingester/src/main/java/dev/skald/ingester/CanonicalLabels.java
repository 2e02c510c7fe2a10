package dev.skald.ingester;

import dev.skald.logql.GoQuote;
import dev.skald.logql.Labels;
import java.nio.charset.StandardCharsets;

/** Reads the canonical text of a label set, as {@link Labels#toString} writes it. */
final class CanonicalLabels {
  private final String text;
  private int at;

  private CanonicalLabels(String text) {
    this.text = text;
  }

  /**
   * Returns the label set of a text in UTF-8.
   *
   * @throws IllegalArgumentException if it is no canonical text
   */
  static Labels parse(byte[] utf8, int offset, int length) {
    return new CanonicalLabels(new String(utf8, offset, length, StandardCharsets.UTF_8)).labels();
  }

  private Labels labels() {
    Labels.Builder builder = Labels.EMPTY.toBuilder();
    expect("{");
    boolean first = true;
    while (!text.startsWith("}", at)) {
      if (!first) {
        expect(", ");
      }
      first = false;
      String name = name();
      expect("=\"");
      builder.add(name, value());
    }
    expect("}");
    if (at != text.length()) {
      throw bad("the end");
    }
    return builder.build();
  }

  private String name() {
    int end = text.indexOf("=\"", at);
    if (end < 0) {
      throw bad("a label name and =\"");
    }
    String name = text.substring(at, end);
    at = end;
    return name;
  }

  private String value() {
    StringBuilder value = new StringBuilder();
    while (true) {
      char next = take();
      switch (next) {
        case '"' -> {
          return value.toString();
        }
        case '\\' -> value.appendCodePoint(escaped());
        default -> value.append(next);
      }
    }
  }

  private int escaped() {
    char kind = take();
    return switch (kind) {
      case 'x' -> hex(2);
      case 'u' -> hex(4);
      case 'U' -> hex(8);
      case '"' -> kind;
      default -> {
        int letter = GoQuote.unescaped(kind);
        if (letter < 0) {
          throw bad("an escape of Go");
        }
        yield letter;
      }
    };
  }

  private int hex(int digits) {
    if (text.length() - at < digits) {
      throw bad(digits + " hex digits");
    }
    try {
      int codePoint = Integer.parseUnsignedInt(text, at, at + digits, 16);
      if (!Character.isValidCodePoint(codePoint)) {
        throw bad("a code point");
      }
      at += digits;
      return codePoint;
    } catch (NumberFormatException e) {
      throw bad(digits + " hex digits");
    }
  }

  private char take() {
    if (at >= text.length()) {
      throw bad("a closing quote");
    }
    return text.charAt(at++);
  }

  private void expect(String wanted) {
    if (!text.startsWith(wanted, at)) {
      throw bad(wanted);
    }
    at += wanted.length();
  }

  private IllegalArgumentException bad(String wanted) {
    return new IllegalArgumentException(
        "labels text " + text + " at character " + at + ": wanted " + wanted);
  }
}
