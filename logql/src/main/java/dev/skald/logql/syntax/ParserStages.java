package dev.skald.logql.syntax;

import dev.skald.logql.regex.Regex;
import dev.skald.logql.regex.RegexSyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Builds the two stages whose argument is checked while the query is read: what is wrong with it is
 * reported at once and without a place (logql.md §4, §11.6, §11.7).
 */
final class ParserStages {
  private static final String REGEXP = "invalid regexp parser: ";
  private static final String PATTERN = "invalid pattern parser: ";

  private ParserStages() {}

  static StageExpr.Regexp regexp(String pattern) {
    List<String> groups;
    try {
      groups = Regex.compile(pattern).groupNames();
    } catch (RegexSyntaxException badRegex) {
      throw new ParseException(0, 0, REGEXP + badRegex.getMessage());
    }
    Set<String> names = new HashSet<>();
    for (String name : groups) {
      if (name != null && !name.isEmpty() && !names.add(name)) {
        throw new ParseException(0, 0, REGEXP + "duplicate extracted label name '" + name + "'");
      }
    }
    if (names.isEmpty()) {
      throw new ParseException(0, 0, REGEXP + "at least one named capture must be supplied");
    }
    return new StageExpr.Regexp(pattern);
  }

  static StageExpr.Pattern pattern(String pattern) {
    try {
      LinePattern.parse(pattern).checkParser();
    } catch (IllegalArgumentException badPattern) {
      throw new ParseException(0, 0, PATTERN + badPattern.getMessage());
    }
    return new StageExpr.Pattern(pattern);
  }
}
