package dev.skald.logql.eval;

import dev.skald.logql.eval.QueryResult.Matrix;
import dev.skald.logql.eval.QueryResult.Scalar;
import dev.skald.logql.eval.QueryResult.Series;
import dev.skald.logql.eval.QueryResult.Streams;
import dev.skald.logql.eval.QueryResult.Vector;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** Prints results as the worked examples of the specification do. */
final class Shown {
  private Shown() {}

  /**
   * @param hidden text that is left out of label sets, as the examples leave out their selector
   */
  static String of(QueryResult result, String hidden) {
    String text =
        switch (result) {
          case Scalar scalar -> "scalar " + number(scalar.value()) + " @" + scalar.time();
          case Vector vector -> vector(vector);
          case Matrix matrix ->
              matrix.series().stream().map(Shown::series).collect(Collectors.joining(", "));
          case Streams streams -> lines(streams);
        };
    return text.isEmpty()
        ? "∅"
        : hidden.isEmpty()
            ? text
            : text.replace(hidden, "")
                .replace("{, ", "{")
                .replace(", , ", ", ")
                .replace(", }", "}");
  }

  private static String vector(Vector vector) {
    StringJoiner text = new StringJoiner(", ");
    for (int i = 0; i < vector.values().length; i++) {
      text.add(vector.labels().get(i) + " " + number(vector.values()[i]));
    }
    return text.toString();
  }

  private static String series(Series series) {
    StringJoiner points = new StringJoiner(" ", series.labels() + " [", "]");
    for (int i = 0; i < series.times().length; i++) {
      points.add(series.times()[i] / 1000 + ":" + number(series.values()[i]));
    }
    return points.toString();
  }

  private static String lines(Streams streams) {
    return streams.entries().stream()
        .map(entry -> new String(entry.line(), StandardCharsets.UTF_8))
        .collect(Collectors.joining(" "));
  }

  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
  }
}
