package dev.skald.server.push;

import dev.skald.distributor.PushRoom;
import dev.skald.logql.GoQuote;
import dev.skald.logql.Labels;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Collects labels and prints them as the text of a label set, sorted by name. */
final class LabelText {
  /** What a label takes beside its name and value. */
  private static final int LABEL_BYTES = 128;

  /** So many bytes of labels cost nothing, as any stream may have them. */
  private static final int FREE_BYTES = 1 << 12;

  private static final int FORMS = 8;

  private final TreeMap<String, String> labels = new TreeMap<>(Labels::compareBytes);
  private final PushRoom room;
  private long bytes;

  /**
   * @param room labels that are longer than usual are taken from it
   */
  LabelText(PushRoom room) {
    this.room = room;
  }

  /** Sets a label; of two with one name the last wins. */
  void set(String name, String value) {
    long own = LABEL_BYTES + (long) FORMS * (name.length() + value.length());
    bytes += own;
    if (bytes > FREE_BYTES) {
      room.take(own);
    }
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
