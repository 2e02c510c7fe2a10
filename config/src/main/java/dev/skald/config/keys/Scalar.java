package dev.skald.config.keys;

import dev.skald.config.ByteSizes;
import dev.skald.logql.syntax.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;

/**
 * The kinds of single values, each with its form in a file and its Java type.
 *
 * <p>{@link #parse} throws {@link IllegalArgumentException}; its message may be empty when the type
 * error itself says enough.
 */
public enum Scalar implements Shape.Single {
  /** {@link String}. */
  TEXT("string"),
  /** {@link String}, never printed. */
  SECRET("flagext.Secret"),
  /** {@link String}, a comma list of URLs; passwords in them are never printed. */
  URL("flagext.URLValue"),
  /** {@link Boolean}. */
  BOOL("bool"),
  /** {@link Long}. */
  INT("int"),
  /** {@link Double}. */
  FLOAT("float64"),
  /** {@link Duration} in Go's form. */
  GO_DURATION("time.Duration"),
  /** {@link Duration} in Prometheus' form. */
  DURATION("model.Duration"),
  /** {@link Long}, bytes. */
  SIZE("flagext.ByteSize"),
  /** {@link Instant}; {@link Instant#MIN} for 0. */
  TIME("flagext.Time"),
  /** {@link LocalDate}. */
  DAY("config.DayTime");

  private final String goName;

  Scalar(String goName) {
    this.goName = goName;
  }

  /** The name of the type in Loki's error messages. */
  public String goName() {
    return goName;
  }

  /**
   * Reads a value.
   *
   * @param quoted whether the text stood in quotes: a quoted number is none
   */
  public Object parse(String text, boolean quoted) {
    return switch (this) {
      case TEXT, SECRET -> text;
      case URL -> Urls.checked(text);
      case BOOL -> YamlScalars.bool(text, quoted);
      case INT -> YamlScalars.whole(text, quoted);
      case FLOAT -> YamlScalars.fraction(text, quoted);
      case GO_DURATION -> goDuration(text, quoted);
      case DURATION -> Duration.ofNanos(Durations.parsePrometheus(text));
      case SIZE -> ByteSizes.parse(text);
      case TIME -> Times.parse(text);
      case DAY -> Times.parseDay(text);
    };
  }

  /** Prints a value as Loki's own {@code /config} page does; secrets are masked. */
  public Object print(Object value) {
    return switch (this) {
      case TEXT, BOOL, INT, FLOAT -> value;
      case SECRET -> ((String) value).isEmpty() ? "" : Urls.MASK;
      case URL -> Urls.masked((String) value);
      case GO_DURATION -> Durations.printGo(((Duration) value).toNanos());
      case DURATION -> Durations.printPrometheus(((Duration) value).toNanos());
      case SIZE -> ByteSizes.print((Long) value);
      case TIME -> Times.print((Instant) value);
      case DAY -> value.toString();
    };
  }

  private static Duration goDuration(String text, boolean quoted) {
    if (!quoted && text.matches("[+-]?\\d{1,18}")) {
      return Duration.ofNanos(Long.parseLong(text));
    }
    try {
      return Duration.ofNanos(Durations.parseGo(text));
    } catch (IllegalArgumentException e) {
      String units = "the units here are ns, us, ms, s, m and h";
      throw new IllegalArgumentException(
          text.matches(".*\\d[dwy].*") ? units + "; a day is 24h" : units, e);
    }
  }
}
