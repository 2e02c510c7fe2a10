package dev.skald.ruler.template;

import dev.skald.logql.Labels;
import dev.skald.logql.template.ByteText;
import dev.skald.logql.template.Function;
import dev.skald.logql.template.Functions;
import dev.skald.logql.template.Template;
import dev.skald.logql.template.TemplateException;
import dev.skald.logql.template.TemplateOutput;
import dev.skald.logql.template.TemplateSyntaxException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Expands the labels and annotations of one alert at one moment, each text compiled once. For one
 * thread.
 */
public final class AlertTemplates {
  private static final int LONGEST = 1 << 20;

  private static final String VARIABLES =
      "{{$labels := .Labels}}{{$externalLabels := .ExternalLabels}}"
          + "{{$externalURL := .ExternalURL}}{{$value := .Value}}";

  private final String name;
  private final AlertLinks links;
  private final LabelMap externalLabels;
  private final Functions functions;
  private final Map<String, Template> compiled = new HashMap<>();
  private final TemplateOutput out = new TemplateOutput(LONGEST);

  /**
   * @param alert the name of the rule
   * @param at the moment that {@code now} tells
   */
  public AlertTemplates(String alert, AlertLinks links, TemplateQueries queries, Instant at) {
    this.name = name(alert);
    this.links = links;
    this.externalLabels = new LabelMap(links.externalLabels());
    this.functions = functions(links, queries, at);
  }

  private static String name(String alert) {
    return "__alert_" + alert;
  }

  private static Functions functions(AlertLinks links, TemplateQueries queries, Instant at) {
    return Functions.builtins()
        .with(HumanFunctions.FUNCTIONS)
        .with(TextFunctions.FUNCTIONS)
        .with(ResultFunctions.FUNCTIONS)
        .with(new QueryFunctions(queries).functions())
        .with(
            Map.of(
                "now", Function.of(call -> at.toEpochMilli() / 1e3),
                "externalURL", Function.of(call -> ByteText.encode(links.externalUrl())),
                "pathPrefix", Function.of(call -> ByteText.encode(links.pathPrefix()))));
  }

  /**
   * Looks at a text without expanding it.
   *
   * @throws TemplateSyntaxException with Prometheus' text if it cannot be read
   */
  public static void check(String alert, String text) {
    new AlertTemplates(alert, new AlertLinks("", Map.of()), null, Instant.EPOCH).compile(text);
  }

  /** Returns what a text says of a result; one that fails, why it does. */
  public String expand(String text, Labels labels, double value) {
    try {
      return expanded(text, labels, value);
    } catch (TemplateSyntaxException e) {
      return "<error expanding template: " + e.getMessage() + ">";
    } catch (TemplateException e) {
      return "<error expanding template: error executing template "
          + name
          + ": "
          + e.getMessage()
          + ">";
    }
  }

  private String expanded(String text, Labels labels, double value) {
    if (!text.contains("{{")) {
      return text;
    }
    Template template = compiled.get(text);
    if (template == null) {
      template = compile(text);
      compiled.put(text, template);
    }
    out.clear();
    template.executeOn(
        Map.of(
            "Labels",
            LabelMap.of(labels),
            "ExternalLabels",
            externalLabels,
            "ExternalURL",
            ByteText.encode(links.externalUrl()),
            "Value",
            value),
        out);
    return out.toString();
  }

  private Template compile(String text) {
    try {
      return Template.compile(name, VARIABLES + text, functions);
    } catch (TemplateSyntaxException e) {
      throw new TemplateSyntaxException("error parsing template " + name + ": " + e.getMessage());
    }
  }
}
