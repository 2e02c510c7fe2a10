package dev.skald.server.push;

import java.math.BigDecimal;

/** Prints compact JSON as Go does, without HTML escapes. */
public final class JsonText {
  private static final double LEAST_PLAIN = 1e-6;
  private static final double MOST_PLAIN = 1e21;

  private JsonText() {}

  /** Prints a text in quotes; only quotes, backslashes and control characters are escaped. */
  public static void quote(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ') {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  /** Prints a number as ECMAScript does: plain from 1e-6 up to 1e21, else with an exponent. */
  static void number(StringBuilder out, double value) {
    double size = Math.abs(value);
    if (Double.isNaN(value)) {
      out.append("NaN");
    } else if (Double.isInfinite(value)) {
      out.append(value > 0 ? "+Inf" : "-Inf");
    } else if (value == 0) {
      out.append(1 / value < 0 ? "-0" : "0");
    } else if (size >= LEAST_PLAIN && size < MOST_PLAIN) {
      out.append(new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString());
    } else {
      String text = Double.toString(value).replace(".0E", "e").replace("E", "e");
      out.append(text.contains("e-") ? text : text.replace("e", "e+"));
    }
  }
}
