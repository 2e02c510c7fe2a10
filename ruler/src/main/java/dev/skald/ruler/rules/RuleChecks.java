package dev.skald.ruler.rules;

import dev.skald.config.load.Settings;
import dev.skald.logql.GoQuote;
import dev.skald.logql.QueryException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Makes a rule of its keys, with every check of config-and-clients.md §2.3. */
record RuleChecks(TemplateCheck templates) {
  private static final Pattern METRIC_NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
  private static final Pattern LABEL_NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
  private static final String METRIC_NAME_LABEL = "__name__";

  /** Takes what is wrong. */
  interface Complaints {
    /**
     * @param key the one to blame
     */
    void add(String key, String text);
  }

  /** Returns the rule, or nothing if the complaints tell why there is none. */
  Optional<Rule> rule(Settings rule, String group, Complaints complaints) {
    boolean[] sound = {true};
    Complaints noted =
        (key, text) -> {
          sound[0] = false;
          complaints.add(key, text);
        };
    kind(rule, noted);
    RuleExpression expression = expression(rule, group, noted);
    if (!rule.text("record").isEmpty()) {
      recording(rule, noted);
    }
    labels(rule, noted);
    annotations(rule, noted);
    templates(rule, noted);
    return sound[0] ? Optional.of(sound(rule, expression)) : Optional.empty();
  }

  private static Rule sound(Settings rule, RuleExpression expression) {
    if (rule.text("alert").isEmpty()) {
      return new RecordingRule(rule.text("record"), expression, rule.textMap("labels"));
    }
    return new AlertingRule(
        rule.text("alert"),
        expression,
        rule.duration("for"),
        rule.duration("keep_firing_for"),
        rule.textMap("labels"),
        rule.textMap("annotations"));
  }

  private static void kind(Settings rule, Complaints complaints) {
    boolean records = !rule.text("record").isEmpty();
    boolean alerts = !rule.text("alert").isEmpty();
    if (records && alerts) {
      complaints.add("alert", "only one of 'record' and 'alert' must be set");
    } else if (!records && !alerts) {
      complaints.add("", "one of 'record' or 'alert' must be set");
    }
  }

  private static RuleExpression expression(Settings rule, String group, Complaints complaints) {
    String text = rule.text("expr");
    if (text.isEmpty()) {
      complaints.add("expr", "field 'expr' must be set in rule");
      return null;
    }
    try {
      return RuleExpression.parse(text);
    } catch (QueryException e) {
      String kind = rule.text("record").isEmpty() ? "alert" : "record";
      complaints.add(
          "expr",
          "could not parse expression for %s '%s' in group '%s': %s"
              .formatted(kind, rule.text(kind), group, e.getMessage()));
      return null;
    }
  }

  private static void recording(Settings rule, Complaints complaints) {
    if (!rule.textMap("annotations").isEmpty()) {
      complaints.add("annotations", "invalid field 'annotations' in recording rule");
    }
    if (!rule.duration("for").equals(Duration.ZERO)) {
      complaints.add("for", "invalid field 'for' in recording rule");
    }
    String name = rule.text("record");
    if (!METRIC_NAME.matcher(name).matches()) {
      complaints.add("record", "invalid recording rule name: " + name);
    }
  }

  /** Checks the labels of a rule or of a group. */
  static void labels(Settings settings, Complaints complaints) {
    settings
        .textMap("labels")
        .forEach(
            (name, value) -> {
              if (!LABEL_NAME.matcher(name).matches() || name.equals(METRIC_NAME_LABEL)) {
                complaints.add("labels", "invalid label name: " + name);
              }
              if (hasHalfOfPair(value)) {
                complaints.add("labels", "invalid label value: " + value);
              }
            });
  }

  private static void annotations(Settings rule, Complaints complaints) {
    for (String name : rule.textMap("annotations").keySet()) {
      if (!LABEL_NAME.matcher(name).matches()) {
        complaints.add("annotations", "invalid annotation name: " + name);
      }
    }
  }

  private void templates(Settings rule, Complaints complaints) {
    if (!rule.text("alert").isEmpty()) {
      templates(rule, "label", complaints);
      templates(rule, "annotation", complaints);
    }
  }

  private void templates(Settings rule, String kind, Complaints complaints) {
    rule.textMap(kind + "s")
        .forEach(
            (name, text) ->
                templates
                    .complaint(rule.text("alert"), text)
                    .ifPresent(
                        what ->
                            complaints.add(
                                kind + "s", kind + " " + GoQuote.quote(name) + ": " + what)));
  }

  /** Half of a surrogate pair, which YAML can write but UTF-8 cannot. */
  private static boolean hasHalfOfPair(String text) {
    return text.codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }
}
