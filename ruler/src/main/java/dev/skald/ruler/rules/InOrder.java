package dev.skald.ruler.rules;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Maps whose names stand in order, as Loki prints them. */
final class InOrder {
  private InOrder() {}

  static Map<String, String> copy(Map<String, String> map) {
    return Collections.unmodifiableMap(new TreeMap<>(map));
  }
}
