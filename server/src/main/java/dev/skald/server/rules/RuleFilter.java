package dev.skald.server.rules;

import dev.skald.ruler.rules.Rule;
import dev.skald.ruler.rules.RuleGroup;
import dev.skald.server.http.HttpException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps the rules that have one of some labels: {@code labels=name:value,name:value}.
 *
 * @param pairs none for all rules
 */
record RuleFilter(List<Map.Entry<String, String>> pairs) {
  /**
   * @throws HttpException 400 if the text is no list of pairs
   */
  static RuleFilter parse(String text) {
    List<Map.Entry<String, String>> pairs = new ArrayList<>();
    for (String pair : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      int colon = pair.indexOf(':');
      if (colon <= 0) {
        throw new HttpException(400, "labels has \"" + pair + "\", wanted name:value,name:value\n");
      }
      pairs.add(Map.entry(pair.substring(0, colon), pair.substring(colon + 1)));
    }
    return new RuleFilter(pairs);
  }

  /** Returns the groups without the rules that are filtered out, and none that is left empty. */
  Map<String, List<RuleGroup>> apply(Map<String, List<RuleGroup>> namespaces) {
    if (pairs.isEmpty()) {
      return namespaces;
    }
    Map<String, List<RuleGroup>> kept = new LinkedHashMap<>();
    namespaces.forEach(
        (namespace, groups) -> {
          List<RuleGroup> left =
              groups.stream()
                  .map(group -> group.withRules(group.rules().stream().filter(this::has).toList()))
                  .filter(group -> !group.rules().isEmpty())
                  .toList();
          if (!left.isEmpty()) {
            kept.put(namespace, left);
          }
        });
    return kept;
  }

  private boolean has(Rule rule) {
    return pairs.stream()
        .anyMatch(pair -> pair.getValue().equals(rule.labels().get(pair.getKey())));
  }
}
