package dev.skald.config.keys;

import static dev.skald.config.keys.Key.*;
import static dev.skald.config.keys.Scalar.*;

/** What may stand in a file of rules, and in a rule group as clients send it (§2.3). */
public final class RuleFileKeys {
  private static final Section RULE =
      Section.of(
          "rulefmt.Rule",
          used("record", TEXT, ""),
          used("alert", TEXT, ""),
          used("expr", TEXT, ""),
          used("for", DURATION, "0s"),
          used("keep_firing_for", DURATION, "0s"),
          usedMap("labels"),
          usedMap("annotations"));

  /** A file: {@code groups}. */
  public static final Section FILE =
      Section.of("rulefmt.RuleGroups", blocks("groups", group(RULE)));

  /** One group, in which keys that nobody knows are passed over. */
  public static final Section BODY = group(RULE.open()).open();

  private RuleFileKeys() {}

  private static Section group(Section rule) {
    return Section.of(
        "rulefmt.RuleGroup",
        used("name", TEXT, ""),
        used("interval", DURATION, "0s"),
        used("query_offset", DURATION, "0s"),
        used("limit", INT, "0").within(0, Integer.MAX_VALUE),
        usedMap("labels"),
        blocks("rules", rule));
  }
}
