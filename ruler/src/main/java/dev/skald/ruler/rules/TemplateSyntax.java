package dev.skald.ruler.rules;

import dev.skald.logql.template.Function;
import dev.skald.logql.template.Functions;
import dev.skald.logql.template.Template;
import dev.skald.logql.template.TemplateSyntaxException;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks that a template can be read, with the functions and variables that templates of alerts
 * have (config-and-clients.md §2.6).
 */
public final class TemplateSyntax implements TemplateCheck {
  private static final String VARIABLES =
      "{{$labels := .Labels}}{{$externalLabels := .ExternalLabels}}{{$value := .Value}}";

  /** Names alone: nothing is called while a text is read. */
  private static final Functions FUNCTIONS =
      Functions.builtins()
          .with(
              Stream.of(
                      "query first value label strvalue sortByLabel humanize humanize1024",
                      "humanizeDuration humanizePercentage humanizeTimestamp toTime toDuration now",
                      "title toUpper toLower stripPort stripDomain match reReplaceAll args",
                      "safeHtml graphLink tableLink pathPrefix externalURL parseDuration",
                      "urlQueryEscape tmpl")
                  .flatMap(names -> Stream.of(names.split(" ")))
                  .collect(Collectors.toMap(name -> name, TemplateSyntax::uncalled)));

  private static Function uncalled(String name) {
    return Function.variadic(call -> "", Function.Parameter.ANY);
  }

  @Override
  public Optional<String> complaint(String alert, String template) {
    String name = "__alert_" + alert;
    try {
      Template.compile(name, VARIABLES + template, FUNCTIONS);
      return Optional.empty();
    } catch (TemplateSyntaxException e) {
      return Optional.of("error parsing template " + name + ": " + e.getMessage());
    }
  }
}
