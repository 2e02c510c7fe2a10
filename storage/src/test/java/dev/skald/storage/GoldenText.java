package dev.skald.storage;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Entries as text, one a line: labels, time, metadata and line, with tabs between them. A byte that
 * is no plain ASCII character, and a backslash, is {@code \xNN}.
 */
final class GoldenText {
  private GoldenText() {}

  static String of(List<TestEntry> entries) {
    return entries.stream().map(GoldenText::of).collect(Collectors.joining());
  }

  private static String of(TestEntry entry) {
    return "%s\t%d\t%s\t%s\n"
        .formatted(entry.labels(), entry.time(), entry.metadata(), escaped(entry.line()));
  }

  private static String escaped(byte[] line) {
    StringBuilder text = new StringBuilder();
    for (byte b : line) {
      if (b >= ' ' && b < 0x7F && b != '\\') {
        text.append((char) b);
      } else {
        text.append("\\x").append(HexFormat.of().toHexDigits(b));
      }
    }
    return text.toString();
  }
}
