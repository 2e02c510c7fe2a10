package dev.skald.ruler.relabel;

import dev.skald.logql.regex.Regex;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One match of a regular expression over a whole text, whose groups go into templates by Go's
 * rules: {@code $1}, {@code ${name}}, {@code $$}; what there is no group for is empty.
 */
final class Expansion {
  private final byte[] text;
  private final Regex regex;
  private final int[] groups;

  private Expansion(byte[] text, Regex regex, int[] groups) {
    this.text = text;
    this.regex = regex;
    this.groups = groups;
  }

  /** Returns the match of a regex that was compiled to match whole texts, if it does. */
  static Optional<Expansion> match(Regex regex, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int[] groups = new int[2 * (regex.groupCount() + 1)];
    return regex.find(bytes, 0, bytes.length, 0, groups)
        ? Optional.of(new Expansion(bytes, regex, groups))
        : Optional.empty();
  }

  String expand(String template) {
    StringBuilder out = new StringBuilder();
    int position = 0;
    while (position < template.length()) {
      char c = template.charAt(position);
      boolean last = position + 1 == template.length();
      if (c != '$' || last) {
        out.append(c);
        position++;
      } else if (template.charAt(position + 1) == '$') {
        out.append('$');
        position += 2;
      } else {
        position = reference(template, position + 1, out);
      }
    }
    return out.toString();
  }

  /** Appends the group named after a dollar; a dollar without a name stands for itself. */
  private int reference(String template, int start, StringBuilder out) {
    boolean braces = template.charAt(start) == '{';
    int from = braces ? start + 1 : start;
    int to = from;
    while (to < template.length() && isWord(template.charAt(to))) {
      to++;
    }
    boolean closed = !braces || to < template.length() && template.charAt(to) == '}';
    if (to == from || !closed) {
      out.append('$');
      return start;
    }
    out.append(group(template.substring(from, to)));
    return braces ? to + 1 : to;
  }

  private String group(String name) {
    int index =
        name.matches("[0-9]{1,6}") ? Integer.parseInt(name) : regex.groupNames().indexOf(name);
    if (index < 0 || index > regex.groupCount() || groups[2 * index] < 0) {
      return "";
    }
    int from = groups[2 * index];
    return new String(text, from, groups[2 * index + 1] - from, StandardCharsets.UTF_8);
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }
}
