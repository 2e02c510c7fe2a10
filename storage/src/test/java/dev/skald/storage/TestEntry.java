package dev.skald.storage;

import dev.skald.logql.Labels;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** One entry in a form that compares; bytes are written in hexadecimal. */
public record TestEntry(Labels labels, long time, String lineHex, Map<String, String> metadata) {
  public TestEntry {
    metadata = new TreeMap<>(metadata);
  }

  public static TestEntry of(Labels labels, long time, String line, Map<String, String> metadata) {
    return new TestEntry(
        labels, time, HexFormat.of().formatHex(line.getBytes(StandardCharsets.UTF_8)), metadata);
  }

  public static TestEntry of(Labels labels, long time, byte[] line, Map<String, String> metadata) {
    return new TestEntry(labels, time, HexFormat.of().formatHex(line), metadata);
  }

  byte[] line() {
    return HexFormat.of().parseHex(lineHex);
  }
}
