package dev.skald.ruler.template;

import dev.skald.logql.Labels;
import dev.skald.logql.batch.Slice;
import dev.skald.logql.template.StringMap;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Labels as templates see them: one that is absent reads as the empty text. */
record LabelMap(Map<String, String> labels) implements StringMap {
  LabelMap {
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
  }

  static LabelMap of(Labels labels) {
    Map<String, String> map = new TreeMap<>();
    for (int i = 0; i < labels.size(); i++) {
      map.put(labels.name(i), labels.value(i));
    }
    return new LabelMap(map);
  }

  @Override
  public boolean find(String name, Slice into) {
    String value = labels.get(name);
    if (value == null) {
      return false;
    }
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    into.set(bytes, 0, bytes.length);
    return true;
  }

  @Override
  public Collection<String> names() {
    return labels.keySet();
  }
}
