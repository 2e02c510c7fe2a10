package dev.skald.ruler.rules;

import dev.skald.logql.template.TemplateSyntaxException;
import dev.skald.ruler.template.AlertTemplates;
import java.util.Optional;

/**
 * Checks that a template can be read, with the functions and variables that templates of alerts
 * have (config-and-clients.md §2.6).
 */
public final class TemplateSyntax implements TemplateCheck {
  @Override
  public Optional<String> complaint(String alert, String template) {
    try {
      AlertTemplates.check(alert, template);
      return Optional.empty();
    } catch (TemplateSyntaxException e) {
      return Optional.of(e.getMessage());
    }
  }
}
