package dev.skald.logql.regex;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * The classes of Unicode behind {@code \p{name}}: general categories, their long names, and
 * scripts.
 *
 * <p>Names are compared without case, blanks, hyphens and underscores. The tables are those of the
 * Java runtime.
 */
final class UnicodeClasses {
  private UnicodeClasses() {}

  /** Returns the class of a name, or null. */
  static RuneSet named(String name) {
    String key = canonical(name);
    return switch (key) {
      case "any" -> RuneSet.ALL;
      case "assigned" -> Categories.BY_NAME.get("cn").negate();
      case "ascii" -> RuneSet.ofRanges(0, 0x7f);
      default -> {
        RuneSet category = Categories.BY_NAME.get(key);
        yield category != null ? category : Scripts.BY_NAME.get(key);
      }
    };
  }

  private static String canonical(String name) {
    return name.replaceAll("[ _-]", "").toLowerCase(Locale.ROOT);
  }

  /** Sorts all code points by a property with small values. */
  private static RuneSet[] split(int values, IntUnaryOperator property) {
    List<List<Integer>> pairs = new ArrayList<>();
    for (int i = 0; i < values; i++) {
      pairs.add(new ArrayList<>());
    }
    int first = 0;
    int value = property.applyAsInt(0);
    for (int rune = 1; rune <= RuneSet.MAX_RUNE + 1; rune++) {
      int next = rune > RuneSet.MAX_RUNE ? -1 : property.applyAsInt(rune);
      if (next != value) {
        pairs.get(value).addAll(List.of(first, rune - 1));
        first = rune;
        value = next;
      }
    }
    return pairs.stream()
        .map(list -> RuneSet.ofRanges(list.stream().mapToInt(Integer::intValue).toArray()))
        .toArray(RuneSet[]::new);
  }

  /** Built when the first category is asked for. */
  private static final class Categories {
    /** Each line: type of Java, short name, long names. */
    private static final Object[][] NAMES = {
      {Character.UNASSIGNED, "Cn", "Unassigned"},
      {Character.UPPERCASE_LETTER, "Lu", "Uppercase_Letter"},
      {Character.LOWERCASE_LETTER, "Ll", "Lowercase_Letter"},
      {Character.TITLECASE_LETTER, "Lt", "Titlecase_Letter"},
      {Character.MODIFIER_LETTER, "Lm", "Modifier_Letter"},
      {Character.OTHER_LETTER, "Lo", "Other_Letter"},
      {Character.NON_SPACING_MARK, "Mn", "Nonspacing_Mark"},
      {Character.ENCLOSING_MARK, "Me", "Enclosing_Mark"},
      {Character.COMBINING_SPACING_MARK, "Mc", "Spacing_Mark"},
      {Character.DECIMAL_DIGIT_NUMBER, "Nd", "Decimal_Number", "digit"},
      {Character.LETTER_NUMBER, "Nl", "Letter_Number"},
      {Character.OTHER_NUMBER, "No", "Other_Number"},
      {Character.SPACE_SEPARATOR, "Zs", "Space_Separator"},
      {Character.LINE_SEPARATOR, "Zl", "Line_Separator"},
      {Character.PARAGRAPH_SEPARATOR, "Zp", "Paragraph_Separator"},
      {Character.CONTROL, "Cc", "Control", "cntrl"},
      {Character.FORMAT, "Cf", "Format"},
      {Character.PRIVATE_USE, "Co", "Private_Use"},
      {Character.SURROGATE, "Cs", "Surrogate"},
      {Character.DASH_PUNCTUATION, "Pd", "Dash_Punctuation"},
      {Character.START_PUNCTUATION, "Ps", "Open_Punctuation"},
      {Character.END_PUNCTUATION, "Pe", "Close_Punctuation"},
      {Character.CONNECTOR_PUNCTUATION, "Pc", "Connector_Punctuation"},
      {Character.OTHER_PUNCTUATION, "Po", "Other_Punctuation"},
      {Character.INITIAL_QUOTE_PUNCTUATION, "Pi", "Initial_Punctuation"},
      {Character.FINAL_QUOTE_PUNCTUATION, "Pf", "Final_Punctuation"},
      {Character.MATH_SYMBOL, "Sm", "Math_Symbol"},
      {Character.CURRENCY_SYMBOL, "Sc", "Currency_Symbol"},
      {Character.MODIFIER_SYMBOL, "Sk", "Modifier_Symbol"},
      {Character.OTHER_SYMBOL, "So", "Other_Symbol"},
    };

    private static final Map<String, String[]> UNIONS =
        Map.of(
            "C", new String[] {"Other"},
            "L", new String[] {"Letter"},
            "M", new String[] {"Mark", "Combining_Mark"},
            "N", new String[] {"Number"},
            "P", new String[] {"Punctuation", "punct"},
            "S", new String[] {"Symbol"},
            "Z", new String[] {"Separator"});

    static final Map<String, RuneSet> BY_NAME = byName();

    private static Map<String, RuneSet> byName() {
      RuneSet[] types = split(Character.FINAL_QUOTE_PUNCTUATION + 1, Character::getType);
      Map<String, RuneSet> sets = new HashMap<>();
      for (Object[] line : NAMES) {
        RuneSet set = types[(byte) line[0]];
        Arrays.stream(line).skip(1).forEach(name -> sets.put(canonical((String) name), set));
      }
      sets.put("lc", sets.get("lu").union(sets.get("ll")).union(sets.get("lt")));
      sets.put("casedletter", sets.get("lc"));
      UNIONS.forEach(
          (letter, names) -> {
            RuneSet union = union(letter, sets);
            sets.put(canonical(letter), union);
            Arrays.stream(names).forEach(name -> sets.put(canonical(name), union));
          });
      return Map.copyOf(sets);
    }

    private static RuneSet union(String letter, Map<String, RuneSet> sets) {
      return Arrays.stream(NAMES)
          .map(line -> (String) line[1])
          .filter(name -> name.startsWith(letter))
          .map(name -> sets.get(canonical(name)))
          .reduce(RuneSet.EMPTY, RuneSet::union);
    }
  }

  /** Built when the first script is asked for. */
  private static final class Scripts {
    static final Map<String, RuneSet> BY_NAME = byName();

    private static Map<String, RuneSet> byName() {
      UnicodeScript[] scripts = UnicodeScript.values();
      RuneSet[] sets = split(scripts.length, rune -> UnicodeScript.of(rune).ordinal());
      Map<String, RuneSet> byName = new HashMap<>();
      for (UnicodeScript script : scripts) {
        if (script != UnicodeScript.UNKNOWN) {
          byName.put(canonical(script.name()), sets[script.ordinal()]);
        }
      }
      return Map.copyOf(byName);
    }
  }
}
