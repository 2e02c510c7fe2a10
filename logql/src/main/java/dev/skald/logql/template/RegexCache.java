package dev.skald.logql.template;

import dev.skald.logql.regex.Regex;
import dev.skald.logql.regex.RegexSyntaxException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The expressions that one template has used, for most templates use the same on every line. */
final class RegexCache {
  private static final int MAX_SIZE = 64;

  private final Map<String, Regex> compiled = new ConcurrentHashMap<>();

  /**
   * @param pattern one byte a char
   */
  Regex compile(String pattern) {
    Regex known = compiled.get(pattern);
    if (known != null) {
      return known;
    }
    try {
      Regex regex = Regex.compile(ByteText.decode(pattern));
      if (compiled.size() < MAX_SIZE) {
        compiled.put(pattern, regex);
      }
      return regex;
    } catch (RegexSyntaxException e) {
      throw new FunctionException(ByteText.encode(e.getMessage()));
    }
  }
}
