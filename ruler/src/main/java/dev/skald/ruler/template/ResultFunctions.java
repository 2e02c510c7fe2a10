package dev.skald.ruler.template;

import static dev.skald.logql.template.Function.Parameter.ANY;
import static dev.skald.logql.template.Function.Parameter.STRING;

import dev.skald.logql.batch.Slice;
import dev.skald.logql.eval.QueryResult;
import dev.skald.logql.template.ByteText;
import dev.skald.logql.template.Function;
import dev.skald.logql.template.FunctionException;
import dev.skald.logql.template.GoValue;
import dev.skald.logql.template.StringMap;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The functions that pick from what {@code query} gives: a list of samples. */
final class ResultFunctions {
  private static final String LABELS = "Labels";
  private static final String VALUE = "Value";
  private static final String TEXT_LABEL = "__value__";

  static final Map<String, Function> FUNCTIONS =
      Map.of(
          "first", Function.of(c -> first(list(c.any(0))), ANY),
          "value", Function.of(c -> sample(c.any(0)).get(VALUE), ANY),
          "label", Function.of(c -> label(c.any(1), c.string(0)), STRING, ANY),
          "strvalue", Function.of(c -> label(c.any(0), TEXT_LABEL), ANY),
          "sortByLabel", Function.of(c -> sorted(list(c.any(1)), c.string(0)), STRING, ANY));

  private ResultFunctions() {}

  /** Returns a vector as templates see it. */
  static List<Map<String, Object>> samples(QueryResult.Vector vector) {
    List<Map<String, Object>> samples = new ArrayList<>();
    for (int i = 0; i < vector.values().length; i++) {
      samples.add(Map.of(LABELS, LabelMap.of(vector.labels().get(i)), VALUE, vector.values()[i]));
    }
    return samples;
  }

  private static Object first(List<?> samples) {
    if (samples.isEmpty()) {
      throw new FunctionException("first() called on vector with no elements");
    }
    return samples.getFirst();
  }

  private static String label(Object sample, String name) {
    Slice slice = new Slice();
    return sample(sample).get(LABELS) instanceof StringMap labels
            && labels.find(ByteText.decode(name), slice)
        ? ByteText.encode(slice.toString())
        : "";
  }

  private static List<?> sorted(List<?> samples, String name) {
    return samples.stream()
        .sorted(
            Comparator.comparing(
                sample -> label(sample, name).getBytes(StandardCharsets.ISO_8859_1),
                Arrays::compareUnsigned))
        .toList();
  }

  private static List<?> list(Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw wrongType(value, "template.queryResult");
  }

  private static Map<?, ?> sample(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw wrongType(value, "*template.sample");
  }

  private static FunctionException wrongType(Object value, String wanted) {
    return new FunctionException(
        "wrong type for value; expected " + wanted + "; got " + GoValue.typeName(value));
  }
}
