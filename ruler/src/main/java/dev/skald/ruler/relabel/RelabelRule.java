package dev.skald.ruler.relabel;

import dev.skald.logql.regex.Regex;
import dev.skald.logql.regex.RegexSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One item of {@code relabel_configs} with Prometheus' defaults. Immutable.
 *
 * @param modulus of {@code hashmod}
 */
record RelabelRule(
    RelabelAction action,
    List<String> sourceLabels,
    String separator,
    Regex regex,
    long modulus,
    String targetLabel,
    String replacement) {
  private static final Set<String> KEYS =
      Set.of(
          "source_labels",
          "separator",
          "target_label",
          "regex",
          "modulus",
          "replacement",
          "action");

  /**
   * @throws IllegalArgumentException that says which key is wrong and what was wanted
   */
  static RelabelRule read(Map<String, Object> item) {
    for (String key : item.keySet()) {
      if (!KEYS.contains(key)) {
        throw new IllegalArgumentException("unknown key " + key + " in a relabel config");
      }
    }
    RelabelAction action = RelabelAction.of(text(item, "action", "replace"));
    String target = text(item, "target_label", "");
    if (action.needsTarget() && target.isEmpty()) {
      throw new IllegalArgumentException(
          "relabel action " + text(item, "action", "replace") + " needs a target_label");
    }
    return new RelabelRule(
        action,
        sources(item.get("source_labels")),
        text(item, "separator", ";"),
        regex(text(item, "regex", "(.*)")),
        modulus(action, item),
        target,
        text(item, "replacement", "$1"));
  }

  private static String text(Map<String, Object> item, String key, String usual) {
    Object value = item.get(key);
    if (value instanceof Map || value instanceof List) {
      throw new IllegalArgumentException(key + " of a relabel config must be a text");
    }
    return value == null ? usual : value.toString();
  }

  private static List<String> sources(Object value) {
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof List<?> items)) {
      throw new IllegalArgumentException("source_labels of a relabel config must be a list");
    }
    List<String> names = new ArrayList<>();
    items.forEach(item -> names.add(String.valueOf(item)));
    return List.copyOf(names);
  }

  private static Regex regex(String pattern) {
    try {
      return Regex.compileAnchored(pattern, true);
    } catch (RegexSyntaxException e) {
      throw new IllegalArgumentException("regex of a relabel config: " + e.getMessage(), e);
    }
  }

  private static long modulus(RelabelAction action, Map<String, Object> item) {
    String text = text(item, "modulus", "0");
    if (!text.matches("[0-9]{1,18}") || action == RelabelAction.HASHMOD && text.matches("0+")) {
      throw new IllegalArgumentException(
          "modulus of a relabel config is " + text + ", wanted a number above 0");
    }
    return Long.parseLong(text);
  }
}
