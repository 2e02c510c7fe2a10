package dev.skald.server.push;

import dev.skald.logql.GoQuote;
import dev.skald.logql.Labels;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Collects labels and prints them as the text of a label set, sorted by name. */
final class LabelText {
  private final TreeMap<String, String> labels = new TreeMap<>(Labels::compareBytes);

  /** Sets a label; of two with one name the last wins. */
  void set(String name, String value) {
    labels.put(name, value);
  }

  String get(String name) {
    return labels.get(name);
  }

  /** Names are not quoted: one that is no label name makes a text that does not parse. */
  byte[] toBytes() {
    StringBuilder text = new StringBuilder("{");
    for (Map.Entry<String, String> label : labels.entrySet()) {
      text.append(text.length() == 1 ? "" : ", ").append(label.getKey()).append('=');
      GoQuote.append(text, label.getValue());
    }
    return text.append('}').toString().getBytes(StandardCharsets.UTF_8);
  }
}
