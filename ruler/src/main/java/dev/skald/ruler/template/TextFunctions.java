package dev.skald.ruler.template;

import static dev.skald.logql.template.Function.Parameter.ANY;
import static dev.skald.logql.template.Function.Parameter.STRING;
import static java.util.Map.entry;

import dev.skald.logql.template.ByteText;
import dev.skald.logql.template.Call;
import dev.skald.logql.template.Function;
import dev.skald.logql.template.Functions;
import dev.skald.logql.template.RegexFunctions;
import java.util.LinkedHashMap;
import java.util.Map;

/** The functions that change and test texts, and those that hand values to parts of a template. */
final class TextFunctions {
  private static final Function QUERY_ESCAPE = Functions.builtins().find("urlquery");

  static final Map<String, Function> FUNCTIONS =
      Map.ofEntries(
          entry("title", Functions.logql().find("title")),
          entry("toUpper", Functions.logql().find("upper")),
          entry("toLower", Functions.logql().find("lower")),
          entry("match", Function.of(TextFunctions::match, STRING, STRING)),
          entry(
              "reReplaceAll",
              Function.of(
                  c -> RegexFunctions.replaceAll(c.regex(0), c.string(2), c.string(1)),
                  STRING,
                  STRING,
                  STRING)),
          entry("stripPort", Function.of(c -> HostPort.split(c.string(0)).host(), STRING)),
          entry("stripDomain", Function.of(c -> HostPort.withoutDomain(c.string(0)), STRING)),
          entry("safeHtml", Function.of(c -> c.string(0), STRING)),
          entry("urlQueryEscape", Function.of(QUERY_ESCAPE.body(), STRING)),
          entry("graphLink", Function.of(c -> link(c, 0), STRING)),
          entry("tableLink", Function.of(c -> link(c, 1), STRING)),
          entry("args", Function.variadic(TextFunctions::args, ANY)),
          entry("tmpl", Function.of(c -> c.include(c.string(0), c.any(1)), STRING, ANY)));

  private TextFunctions() {}

  private static Object match(Call call) {
    byte[] text = ByteText.toBytes(call.string(1));
    return call.regex(0).find(text, 0, text.length);
  }

  private static Object link(Call call, int tab) {
    return "/graph?g0.expr=" + QUERY_ESCAPE.body().apply(call) + "&g0.tab=" + tab;
  }

  private static Object args(Call call) {
    Map<String, Object> named = new LinkedHashMap<>();
    for (int i = 0; i < call.size(); i++) {
      named.put("arg" + i, call.any(i));
    }
    return named;
  }
}
