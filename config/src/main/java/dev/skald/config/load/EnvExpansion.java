package dev.skald.config.load;

import java.util.Locale;
import java.util.Map;

/**
 * {@code -config.expand-env}: puts environment variables into the text of a file, comments too,
 * before it is read as YAML (config-and-clients.md §1.1).
 *
 * <p>Only {@code ${…}} is expanded, {@code $VAR} is not. One tolerance: {@code ${VAR:word}}, a
 * substring with an offset that is no number, counts as {@code ${VAR:-word}}, which who writes it
 * means.
 */
final class EnvExpansion {
  private static final int DEEPEST = 50;

  private final String text;
  private final Map<String, String> environment;
  private int at;
  private int depth;

  private EnvExpansion(String text, Map<String, String> environment) {
    this.text = text;
    this.environment = environment;
  }

  /**
   * Returns the text with its variables replaced, unset ones by nothing.
   *
   * @throws Malformed if a brace is not closed or an operator is unknown
   */
  static String expand(String text, Map<String, String> environment) {
    return new EnvExpansion(text, environment).until("");
  }

  /** A substitution that cannot be read. */
  static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int line;

    private Malformed(String message, int line) {
      super(message);
      this.line = line;
    }

    int line() {
      return line;
    }
  }

  /** Expands up to one of the given characters, or to the end of the text if none is given. */
  private String until(String ends) {
    StringBuilder out = new StringBuilder();
    while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
      if (text.startsWith("$$", at) || text.startsWith("\\\\", at) || text.startsWith("\\/", at)) {
        out.append(text.charAt(at + 1));
        at += 2;
      } else if (text.startsWith("${", at)) {
        at += 2;
        if (++depth > DEEPEST) {
          throw malformed("nested too deeply");
        }
        out.append(substitution());
        depth--;
      } else {
        out.append(text.charAt(at++));
      }
    }
    if (at >= text.length() && !ends.isEmpty()) {
      throw malformed("missing closing brace");
    }
    return out.toString();
  }

  /** Reads what stands after an opening brace, the closing one included. */
  private String substitution() {
    boolean length = at < text.length() && text.charAt(at) == '#';
    at += length ? 1 : 0;
    String value = environment.getOrDefault(name(), "");
    String result = length ? Integer.toString(value.length()) : operation(value);
    if (at >= text.length()) {
      throw malformed("missing closing brace");
    }
    if (text.charAt(at) != '}') {
      throw malformed("bad substitution");
    }
    at++;
    return result;
  }

  private String name() {
    int start = at;
    while (at < text.length() && isNamePart(text.charAt(at))) {
      at++;
    }
    if (at == start) {
      throw malformed("unable to parse variable name");
    }
    return text.substring(start, at);
  }

  private String operation(String value) {
    if (at >= text.length()) {
      throw malformed("missing closing brace");
    }
    return switch (text.charAt(at)) {
      case '}' -> value;
      case '=', '-' -> defaultAfter(1, value);
      case ':' -> afterColon(value);
      case ',' ->
          taking(",,") ? value.toLowerCase(Locale.ROOT) : taking(",") ? lowerFirst(value) : value;
      case '^' ->
          taking("^^") ? value.toUpperCase(Locale.ROOT) : taking("^") ? upperFirst(value) : value;
      case '#' -> taking("##") ? prefix(value, true) : taking("#") ? prefix(value, false) : value;
      case '%' -> taking("%%") ? suffix(value, true) : taking("%") ? suffix(value, false) : value;
      case '/' -> replacement(value);
      default -> throw malformed("bad substitution");
    };
  }

  private String afterColon(String value) {
    boolean isDefault = at + 1 < text.length() && "-=?+".indexOf(text.charAt(at + 1)) >= 0;
    if (isDefault) {
      return defaultAfter(2, value);
    }
    at++;
    String offset = until(":}");
    boolean numeric = offset.strip().matches("\\d{1,9}");
    if (!numeric) {
      String rest = text.charAt(at) == ':' ? until("}") : "";
      return value.isEmpty() ? offset + rest : value;
    }
    int from = Math.min(Integer.parseInt(offset.strip()), value.length());
    if (text.charAt(at) == '}') {
      return value.substring(from);
    }
    at++;
    String length = until("}").strip();
    if (!length.matches("\\d{1,9}")) {
      return value;
    }
    return value.substring(from, Math.min(from + Integer.parseInt(length), value.length()));
  }

  private String defaultAfter(int operatorLength, String value) {
    at += operatorLength;
    String otherwise = until("}");
    return value.isEmpty() ? otherwise : value;
  }

  private String prefix(String value, boolean longest) {
    String pattern = until("}");
    for (int i = 0; i <= value.length(); i++) {
      int length = longest ? value.length() - i : i;
      if (Glob.matches(pattern, value.substring(0, length))) {
        return value.substring(length);
      }
    }
    return value;
  }

  private String suffix(String value, boolean longest) {
    String pattern = until("}");
    for (int i = 0; i <= value.length(); i++) {
      int start = longest ? i : value.length() - i;
      if (Glob.matches(pattern, value.substring(start))) {
        return value.substring(0, start);
      }
    }
    return value;
  }

  private String replacement(String value) {
    boolean all = taking("//");
    boolean start = !all && taking("/#");
    boolean end = !all && !start && taking("/%");
    if (!all && !start && !end) {
      at++;
    }
    String from = until("/}");
    String to = "";
    if (text.charAt(at) == '/') {
      at++;
      to = until("}");
    }
    if (from.isEmpty()) {
      return value;
    } else if (all) {
      return value.replace(from, to);
    } else if (start) {
      return value.startsWith(from) ? to + value.substring(from.length()) : value;
    } else if (end) {
      int keep = value.length() - from.length();
      return value.endsWith(from) ? value.substring(0, keep) + to : value;
    }
    int found = value.indexOf(from);
    return found < 0
        ? value
        : value.substring(0, found) + to + value.substring(found + from.length());
  }

  private boolean taking(String operator) {
    boolean there = text.startsWith(operator, at);
    at += there ? operator.length() : 0;
    return there;
  }

  private Malformed malformed(String message) {
    String before = text.substring(0, Math.min(at, text.length()));
    return new Malformed(message, 1 + (int) before.chars().filter(c -> c == '\n').count());
  }

  private static String lowerFirst(String value) {
    return value.isEmpty()
        ? value
        : value.substring(0, 1).toLowerCase(Locale.ROOT) + value.substring(1);
  }

  private static String upperFirst(String value) {
    return value.isEmpty()
        ? value
        : value.substring(0, 1).toUpperCase(Locale.ROOT) + value.substring(1);
  }

  private static boolean isNamePart(char c) {
    return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }
}
