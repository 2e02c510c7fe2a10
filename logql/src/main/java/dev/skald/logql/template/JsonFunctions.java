package dev.skald.logql.template;

import static dev.skald.logql.template.Function.Parameter.STRING;

import java.util.Map;

/** The functions that read JSON. */
final class JsonFunctions {
  static final Map<String, Function> FUNCTIONS =
      Map.of("fromJson", Function.of(call -> JsonReader.read(call.string(0)), STRING));

  private JsonFunctions() {}
}
