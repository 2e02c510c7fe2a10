package dev.skald.logql.syntax;

import dev.skald.logql.regex.Regex;
import java.util.List;
import java.util.Objects;

/** An expression that yields samples. */
public sealed interface MetricExpr extends Expr {

  /** {@code by (…)} or {@code without (…)}. */
  record Grouping(boolean without, List<String> labels) {
    public Grouping {
      labels = List.copyOf(labels);
    }
  }

  /** {@code | unwrap duration(label) | filters}. */
  record Unwrap(Conversion conversion, String label, List<LabelPredicate> filters) {
    /** How the value of a label becomes a number. */
    public enum Conversion {
      NONE(""),
      BYTES("bytes"),
      DURATION("duration"),
      DURATION_SECONDS("duration_seconds");

      private final String text;

      Conversion(String text) {
        this.text = text;
      }

      public String text() {
        return text;
      }
    }

    public Unwrap {
      filters = List.copyOf(filters);
    }
  }

  /**
   * A log query over a window, {@code {a="b"} | json | unwrap x [5m] offset 1h}.
   *
   * @param unwrap null where the lines themselves are counted
   * @param rangeNanos length of the window
   * @param offsetNanos how far the window is moved into the past; negative into the future
   */
  record LogRange(LogExpr query, Unwrap unwrap, long rangeNanos, long offsetNanos) {
    public LogRange {
      Objects.requireNonNull(query, "query is null");
    }
  }

  /**
   * {@code rate({…}[5m])} and its relatives.
   *
   * @param parameter of {@code quantile_over_time}, else null
   * @param grouping null where none is written
   */
  record RangeAggregation(RangeOp op, Double parameter, LogRange range, Grouping grouping)
      implements MetricExpr {}

  /** The range functions. */
  enum RangeOp {
    RATE,
    RATE_COUNTER,
    COUNT_OVER_TIME,
    BYTES_RATE,
    BYTES_OVER_TIME,
    AVG_OVER_TIME,
    SUM_OVER_TIME,
    MIN_OVER_TIME,
    MAX_OVER_TIME,
    STDVAR_OVER_TIME,
    STDDEV_OVER_TIME,
    QUANTILE_OVER_TIME,
    FIRST_OVER_TIME,
    LAST_OVER_TIME,
    ABSENT_OVER_TIME;

    /** Returns the name as written in a query. */
    public String text() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * {@code sum by (a) (…)} and its relatives.
   *
   * @param parameter the k of {@code topk} and its like, else 0
   * @param grouping null where none is written
   */
  record VectorAggregation(VectorOp op, int parameter, MetricExpr inner, Grouping grouping)
      implements MetricExpr {}

  /** The aggregations over series. */
  enum VectorOp {
    SUM,
    AVG,
    MAX,
    MIN,
    COUNT,
    STDDEV,
    STDVAR,
    TOPK,
    BOTTOMK,
    APPROX_TOPK,
    SORT,
    SORT_DESC;

    /** Returns the name as written in a query. */
    public String text() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** {@code left op right}. */
  record Binary(BinaryOp op, boolean bool, Matching matching, MetricExpr left, MetricExpr right)
      implements MetricExpr {}

  /** The binary operators. */
  enum BinaryOp {
    OR("or"),
    AND("and"),
    UNLESS("unless"),
    EQUAL("=="),
    NOT_EQUAL("!="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    ADD("+"),
    SUB("-"),
    MUL("*"),
    DIV("/"),
    MOD("%"),
    POW("^");

    private final String text;

    BinaryOp(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }

    public boolean set() {
      return this == OR || this == AND || this == UNLESS;
    }

    public boolean comparison() {
      return compareTo(EQUAL) >= 0 && compareTo(LESS_OR_EQUAL) <= 0;
    }
  }

  /**
   * How the series of two sides find each other.
   *
   * @param on whether {@code labels} are the ones to compare; otherwise they are ignored
   * @param include labels that a {@code group_} modifier copies from the one side
   */
  record Matching(Cardinality cardinality, boolean on, List<String> labels, List<String> include) {
    /** Which side may hold many series for one of the other. */
    public enum Cardinality {
      ONE_TO_ONE,
      /** {@code group_left}. */
      MANY_TO_ONE,
      /** {@code group_right}. */
      ONE_TO_MANY
    }

    /** Every label is compared, one to one. */
    public static final Matching DEFAULT =
        new Matching(Cardinality.ONE_TO_ONE, false, List.of(), List.of());

    public Matching {
      labels = List.copyOf(labels);
      include = List.copyOf(include);
    }
  }

  /**
   * {@code label_replace(v, "dst", "replacement", "src", "regex")}.
   *
   * @param regex anchored at both ends by {@link #ANCHOR_LEFT} and {@link #ANCHOR_RIGHT}
   */
  record LabelReplace(
      MetricExpr inner, String target, String replacement, String source, Regex regex)
      implements MetricExpr {
    static final String ANCHOR_LEFT = "^(?:";
    static final String ANCHOR_RIGHT = ")$";

    /** Returns the regular expression as the query has it, without the anchors. */
    String pattern() {
      String anchored = regex.pattern();
      return anchored.substring(ANCHOR_LEFT.length(), anchored.length() - ANCHOR_RIGHT.length());
    }
  }

  /** {@code vector(1)}. */
  record Vector(double value) implements MetricExpr {}

  /** A number; arithmetic of numbers is folded into one by the parser. */
  record Literal(double value) implements MetricExpr {}

  /** {@code variants(…) of (…)}. */
  record Variants(List<MetricExpr> variants, LogRange range) implements MetricExpr {
    public Variants {
      variants = List.copyOf(variants);
    }
  }
}
