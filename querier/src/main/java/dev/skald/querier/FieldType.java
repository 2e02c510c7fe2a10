package dev.skald.querier;

import dev.skald.logql.syntax.ByteSizes;
import dev.skald.logql.syntax.Durations;
import dev.skald.logql.syntax.GoFloat;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/** What the values of a field look like; the first that fits counts (http-api.md §7.11). */
public enum FieldType {
  INT(Long::parseLong),
  FLOAT(GoFloat::parse),
  BOOLEAN(FieldType::checkBoolean),
  DURATION(Durations::parseGo),
  BYTES(ByteSizes::parse),
  STRING(text -> {});

  private static final Set<String> BOOLEANS =
      Set.of("t", "T", "TRUE", "true", "True", "f", "F", "FALSE", "false", "False");

  private final Consumer<String> check;

  /**
   * @param check throws {@link IllegalArgumentException} if a text is not of this type
   */
  FieldType(Consumer<String> check) {
    this.check = check;
  }

  /** Returns the first type that a value fits. */
  public static FieldType of(String value) {
    for (FieldType type : values()) {
      if (type.fits(value)) {
        return type;
      }
    }
    return STRING;
  }

  private boolean fits(String value) {
    try {
      check.accept(value);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static void checkBoolean(String text) {
    if (!BOOLEANS.contains(text)) {
      throw new IllegalArgumentException("no boolean: " + text);
    }
  }

  /** Returns the name that clients know. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
