package dev.skald.logql;

import dev.skald.logql.regex.Regex;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * One test of a label, as in {@code {app="a"}}. An absent label counts as the empty string.
 *
 * <p>Regular expressions are anchored at both ends and their dot matches a newline (logql.md §7).
 * Immutable; safe for use by any thread.
 */
public final class Matcher {
  /** How a matcher compares. */
  public enum Type {
    EQUAL("="),
    NOT_EQUAL("!="),
    REGEX("=~"),
    NOT_REGEX("!~");

    private final String text;

    Type(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }

    public boolean negative() {
      return this == NOT_EQUAL || this == NOT_REGEX;
    }
  }

  private final String name;
  private final Type type;
  private final String value;
  private final Regex regex;

  /**
   * @throws dev.skald.logql.regex.RegexSyntaxException if the type wants a regular expression and
   *     the value is none
   */
  public Matcher(String name, Type type, String value) {
    this.name = Objects.requireNonNull(name, "name is null");
    this.type = Objects.requireNonNull(type, "type is null");
    this.value = Objects.requireNonNull(value, "value is null");
    this.regex =
        type == Type.REGEX || type == Type.NOT_REGEX ? Regex.compileAnchored(value, true) : null;
  }

  public String name() {
    return name;
  }

  public Type type() {
    return type;
  }

  public String value() {
    return value;
  }

  /** Returns whether a label value passes; an absent label has the value {@code ""}. */
  public boolean matches(String labelValue) {
    return switch (type) {
      case EQUAL -> value.equals(labelValue);
      case NOT_EQUAL -> !value.equals(labelValue);
      case REGEX -> findRegex(labelValue);
      case NOT_REGEX -> !findRegex(labelValue);
    };
  }

  private boolean findRegex(String labelValue) {
    byte[] bytes = labelValue.getBytes(StandardCharsets.UTF_8);
    return regex.find(bytes, 0, bytes.length);
  }

  /** Returns whether a label set passes this matcher. */
  public boolean matches(Labels labels) {
    return matches(labels.getOrEmpty(name));
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Matcher other
        && name.equals(other.name)
        && type == other.type
        && value.equals(other.value);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, type, value);
  }

  /** Returns the matcher as it stands in a selector, {@code app=~"a.*"}. */
  @Override
  public String toString() {
    return name + type.text() + GoQuote.quote(value);
  }
}
