package dev.skald.ruler.rules;

import java.util.Optional;

/** Looks at a template before anything is expanded with it. Safe for use by any thread. */
@FunctionalInterface
public interface TemplateCheck {
  /**
   * Returns what is wrong with a template.
   *
   * @param alert the name of the rule
   */
  Optional<String> complaint(String alert, String template);
}
