package dev.skald.logql.template;

import java.util.HashMap;
import java.util.Map;

/** The functions that a template may call, by name. Immutable. */
public final class Functions {
  private static final Functions LOGQL =
      builtins()
          .with(LineFunctions.FUNCTIONS)
          .with(StringFunctions.FUNCTIONS)
          .with(RegexFunctions.FUNCTIONS)
          .with(NumberFunctions.FUNCTIONS)
          .with(DecimalFunctions.FUNCTIONS)
          .with(TimeFunctions.FUNCTIONS)
          .with(EncodingFunctions.FUNCTIONS)
          .with(JsonFunctions.FUNCTIONS);

  private final Map<String, Function> byName;

  private Functions(Map<String, Function> byName) {
    this.byName = Map.copyOf(byName);
  }

  /** Returns those that every Go template has. */
  public static Functions builtins() {
    return new Functions(Map.of()).with(Builtins.FUNCTIONS).with(Comparisons.FUNCTIONS);
  }

  /** Returns those of {@code line_format} and {@code label_format} (logql.md §13.5). */
  public static Functions logql() {
    return LOGQL;
  }

  /** Returns these and some more, which win over those of the same name. */
  public Functions with(Map<String, Function> more) {
    Map<String, Function> all = new HashMap<>(byName);
    all.putAll(more);
    return new Functions(all);
  }

  /** Returns the function of a name; null if there is none. */
  public Function find(String name) {
    return byName.get(name);
  }
}
