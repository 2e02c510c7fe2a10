package dev.skald.logql.eval;

import dev.skald.logql.regex.Regex;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A template as Go's {@code Regexp.Expand} has it: {@code $1}, {@code ${1}}, {@code $name}, {@code
 * $$}. A name without braces is as long as letters, digits and underscores go on.
 */
final class Replacement {
  private final String template;

  Replacement(String template) {
    this.template = template;
  }

  /**
   * Replaces the references; one to no group, or to a group without a match, becomes empty.
   *
   * @param groups the places of the groups in the source
   */
  String expand(Regex regex, byte[] source, int[] groups) {
    StringBuilder out = new StringBuilder();
    int position = 0;
    while (position < template.length()) {
      int dollar = template.indexOf('$', position);
      if (dollar < 0) {
        break;
      }
      out.append(template, position, dollar);
      position = expandReference(dollar, regex, source, groups, out);
    }
    return out.append(template, position, template.length()).toString();
  }

  /** Appends what stands at a dollar sign and returns the position after it. */
  private int expandReference(
      int dollar, Regex regex, byte[] source, int[] groups, StringBuilder out) {
    int after = dollar + 1;
    if (template.startsWith("$", after)) {
      out.append('$');
      return after + 1;
    }
    boolean braces = template.startsWith("{", after);
    int start = braces ? after + 1 : after;
    int end = start;
    while (end < template.length() && isNamePart(template.codePointAt(end))) {
      end += Character.charCount(template.codePointAt(end));
    }
    if (end == start || braces && !template.startsWith("}", end)) {
      out.append('$');
      return after;
    }
    appendGroup(groupIndex(template.substring(start, end), regex), source, groups, out);
    return braces ? end + 1 : end;
  }

  private static boolean isNamePart(int codePoint) {
    return codePoint == '_'
        || Character.isLetter(codePoint)
        || Character.getType(codePoint) == Character.DECIMAL_DIGIT_NUMBER;
  }

  private static int groupIndex(String name, Regex regex) {
    if (name.chars().allMatch(c -> c >= '0' && c <= '9')) {
      boolean plain = name.length() < 9 && (name.length() == 1 || name.charAt(0) != '0');
      return plain ? Integer.parseInt(name) : -1;
    }
    List<String> names = regex.groupNames();
    return names.indexOf(name);
  }

  private static void appendGroup(int group, byte[] source, int[] groups, StringBuilder out) {
    if (group < 0 || 2 * group >= groups.length || groups[2 * group] < 0) {
      return;
    }
    int start = groups[2 * group];
    int length = groups[2 * group + 1] - start;
    out.append(new String(source, start, length, StandardCharsets.UTF_8));
  }
}
