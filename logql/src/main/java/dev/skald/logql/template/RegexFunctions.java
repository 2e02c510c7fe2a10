package dev.skald.logql.template;

import static dev.skald.logql.template.Function.Parameter.STRING;

import dev.skald.logql.batch.Stride;
import dev.skald.logql.regex.Regex;
import java.util.Map;

/** The functions that take regular expressions. */
public final class RegexFunctions {
  static final Map<String, Function> FUNCTIONS =
      Map.of(
          "regexReplaceAll", Function.of(RegexFunctions::replaceAll, STRING, STRING, STRING),
          "regexReplaceAllLiteral",
              Function.of(RegexFunctions::replaceAllLiteral, STRING, STRING, STRING),
          "count", Function.of(RegexFunctions::count, STRING, STRING));

  /** So many matches are found between two pauses. */
  private static final int MATCHES_A_PAUSE = 256;

  private RegexFunctions() {}

  private static Object replaceAll(Call call) {
    Regex regex = call.regex(0);
    RegexReplacement replacement = RegexReplacement.parse(call.string(2), regex);
    return replaced(regex, call.string(1), replacement, call.pause());
  }

  /**
   * Go's {@code Regexp.ReplaceAllString}.
   *
   * @param replacement in which {@code $1} and {@code ${name}} stand for groups
   */
  public static String replaceAll(Regex regex, String text, String replacement) {
    return replaced(regex, text, RegexReplacement.parse(replacement, regex), () -> {});
  }

  private static Object replaceAllLiteral(Call call) {
    RegexReplacement replacement = RegexReplacement.literal(call.string(2));
    return replaced(call.regex(0), call.string(1), replacement, call.pause());
  }

  private static String replaced(
      Regex regex, String text, RegexReplacement replacement, Runnable pause) {
    byte[] input = ByteText.toBytes(text);
    int[] groups = new int[2 * (regex.groupCount() + 1)];
    Text out = new Text();
    Stride work = new Stride(pause, MATCHES_A_PAUSE);
    int copied = 0;
    int lastEnd = 0;
    int at = 0;
    while (at <= input.length && regex.find(input, 0, input.length, at, groups, pause)) {
      work.step();
      out.append(text, copied, groups[0]);
      // An empty match right after a match is none.
      if (groups[1] > lastEnd || groups[0] == 0) {
        replacement.appendTo(out, text, groups);
      }
      copied = groups[1];
      lastEnd = groups[1];
      at = Math.max(groups[1], after(text, at));
    }
    return out.append(text, copied, text.length()).toString();
  }

  private static Object count(Call call) {
    Regex regex = call.regex(0);
    String text = call.string(1);
    byte[] input = ByteText.toBytes(text);
    int[] groups = new int[2 * (regex.groupCount() + 1)];
    int count = 0;
    Stride work = new Stride(call.pause(), MATCHES_A_PAUSE);
    int lastEnd = -1;
    int at = 0;
    while (at <= input.length && regex.find(input, 0, input.length, at, groups, call.pause())) {
      work.step();
      boolean empty = groups[1] == groups[0];
      if (!empty || groups[0] != lastEnd) {
        count++;
      }
      lastEnd = groups[1];
      at = groups[1] == at ? after(text, at) : groups[1];
    }
    return GoInt.of(count);
  }

  /** Returns the place after the code point at a place. */
  private static int after(String text, int at) {
    return at < text.length() ? at + ByteText.size(ByteText.codePointAt(text, at)) : at + 1;
  }
}
