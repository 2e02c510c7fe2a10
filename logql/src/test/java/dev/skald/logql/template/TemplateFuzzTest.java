package dev.skald.logql.template;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the text, only the two exceptions of templates come out. */
final class TemplateFuzzTest {
  private static final List<String> PIECES =
      List.of(
          "{{",
          "}}",
          "{{-",
          "-}}",
          " ",
          "|",
          "(",
          ")",
          ".",
          ".a",
          ".b",
          ".u",
          "$",
          "$x",
          ":=",
          "=",
          ",",
          "if ",
          "else ",
          "end",
          "range ",
          "with ",
          "define \"t\"",
          "template \"t\" ",
          "block \"t\" ",
          "break",
          "continue",
          "nil",
          "true",
          "\"",
          "`",
          "'",
          "\\",
          "\"%5.2f%[2]*d\"",
          "\"[1,{\\\"a\\\":null}]\"",
          "\"\"",
          "\"é\"",
          "1",
          "-1",
          "0",
          "2.5",
          "1e3",
          "99",
          "'a'",
          "/*",
          "*/",
          "now",
          ".Year",
          ".Format ",
          "\"2006 Jan _2 .000 MST\"",
          "\n",
          "é",
          "\u0000");
  private static final List<String> ARGUMENTS =
      List.of(
          ".",
          ".a",
          ".b",
          ".u",
          ".nope",
          "nil",
          "true",
          "1",
          "-1",
          "0",
          "2.5",
          "9223372036854775807",
          "-9223372036854775808",
          "\"\"",
          "\"é\"",
          "\"%d %[1]s %q %x\"",
          "\"2006-01-02 MST\"",
          "now",
          "__timestamp__",
          "__line__",
          "(fromJson \"[1,null,{}]\")",
          "(fromJson \"{}\").x",
          "(now.Sub __timestamp__)",
          "now.Month",
          "\"1795433781123456\"",
          "\"x\\xff\"",
          "\"Inf\"",
          "\"1e308\"",
          "100000000000",
          "\"(l)|$\"",
          "\"$1${2}$\"");
  private static final List<String> METHODS =
      List.of(
          "Year",
          "AddDate 1 2 3",
          "AddDate 999999999 1 1",
          "Add 1",
          "Sub now",
          "Truncate 1000",
          "Truncate 0",
          "Weekday",
          "UTC.String",
          "UnixNano",
          "Month.String",
          "Format \"15\"");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void randomTextIsRefusedOrRuns(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder("{{");
      int count = random.nextInt(14);
      for (int j = 0; j < count; j++) {
        text.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      run(text + (random.nextBoolean() ? "}}" : "{{end}}"));
    }
  }

  @Test
  void everyFunctionTakesAnyArguments() {
    Random random = new Random(5);
    for (String name : FunctionNames.all()) {
      for (int i = 0; i < 400; i++) {
        StringBuilder text = new StringBuilder("{{").append(name);
        int count = random.nextInt(5);
        for (int j = 0; j < count; j++) {
          text.append(' ').append(ARGUMENTS.get(random.nextInt(ARGUMENTS.size())));
        }
        run(text + "}}");
      }
    }
  }

  @Test
  void everyMethodTakesAnyTime() {
    List<String> times =
        List.of("now", "__timestamp__", "(unixToTime \"9999999999\")", "(toDate \"2006\" \"x\")");
    for (String time : times) {
      for (String method : METHODS) {
        run("{{" + time + "." + method + "}}");
      }
    }
  }

  private static void run(String text) {
    try {
      Template.compile("line", text).execute(FakeEntry.sample(), new TemplateOutput(1 << 20));
    } catch (TemplateSyntaxException | TemplateException expected) {
      // What the test is about: nothing else may come.
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError("template: " + text, e);
    }
  }

  /** The functions of the tables. */
  private static final class FunctionNames {
    static List<String> all() {
      return List.of(
              Builtins.FUNCTIONS,
              Comparisons.FUNCTIONS,
              LineFunctions.FUNCTIONS,
              StringFunctions.FUNCTIONS,
              RegexFunctions.FUNCTIONS,
              NumberFunctions.FUNCTIONS,
              DecimalFunctions.FUNCTIONS,
              TimeFunctions.FUNCTIONS,
              EncodingFunctions.FUNCTIONS,
              JsonFunctions.FUNCTIONS)
          .stream()
          .flatMap(table -> table.keySet().stream())
          .sorted()
          .toList();
    }
  }
}
