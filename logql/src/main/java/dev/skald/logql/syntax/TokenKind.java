package dev.skald.logql.syntax;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a token is. The order of the constants is the order in which an error message lists what it
 * would have accepted (logql.md §4).
 */
enum TokenKind {
  END(Group.LITERAL, "$end"),
  IDENTIFIER(Group.LITERAL, "IDENTIFIER"),
  STRING(Group.LITERAL, "STRING"),
  NUMBER(Group.LITERAL, "NUMBER"),
  BYTES(Group.LITERAL, "BYTES"),
  DURATION(Group.LITERAL, "DURATION"),
  RANGE(Group.LITERAL, "RANGE"),
  FUNCTION_FLAG(Group.LITERAL, "FUNCTION_FLAG"),

  EQUAL(Group.PUNCTUATION, "="),
  REGEX(Group.PUNCTUATION, "=~"),
  NOT_REGEX(Group.PUNCTUATION, "!~"),
  OPEN_BRACE(Group.PUNCTUATION, "{"),
  CLOSE_BRACE(Group.PUNCTUATION, "}"),
  CLOSE_BRACKET(Group.PUNCTUATION, "]"),
  COMMA(Group.PUNCTUATION, ","),
  DOT(Group.PUNCTUATION, "."),
  OPEN_PAREN(Group.PUNCTUATION, "("),
  CLOSE_PAREN(Group.PUNCTUATION, ")"),

  BY(Group.WORD, "by"),
  WITHOUT(Group.WORD, "without"),
  BOOL(Group.WORD, "bool"),
  ON(Group.WORD, "on"),
  IGNORING(Group.WORD, "ignoring"),
  GROUP_LEFT(Group.WORD, "group_left"),
  GROUP_RIGHT(Group.WORD, "group_right"),
  OFFSET(Group.WORD, "offset"),
  UNWRAP(Group.WORD, "unwrap"),
  JSON(Group.WORD, "json"),
  REGEXP(Group.WORD, "regexp"),
  LOGFMT(Group.WORD, "logfmt"),
  UNPACK(Group.WORD, "unpack"),
  PATTERN(Group.WORD, "pattern"),
  LINE_FORMAT(Group.WORD, "line_format"),
  LABEL_FORMAT(Group.WORD, "label_format"),
  DECOLORIZE(Group.WORD, "decolorize"),
  DROP(Group.WORD, "drop"),
  KEEP(Group.WORD, "keep"),
  VARIANTS(Group.WORD, "variants"),
  OF(Group.WORD, "of"),

  RATE(Group.RANGE_FUNCTION, "rate"),
  RATE_COUNTER(Group.RANGE_FUNCTION, "rate_counter"),
  COUNT_OVER_TIME(Group.RANGE_FUNCTION, "count_over_time"),
  BYTES_RATE(Group.RANGE_FUNCTION, "bytes_rate"),
  BYTES_OVER_TIME(Group.RANGE_FUNCTION, "bytes_over_time"),
  AVG_OVER_TIME(Group.RANGE_FUNCTION, "avg_over_time"),
  SUM_OVER_TIME(Group.RANGE_FUNCTION, "sum_over_time"),
  MIN_OVER_TIME(Group.RANGE_FUNCTION, "min_over_time"),
  MAX_OVER_TIME(Group.RANGE_FUNCTION, "max_over_time"),
  STDVAR_OVER_TIME(Group.RANGE_FUNCTION, "stdvar_over_time"),
  STDDEV_OVER_TIME(Group.RANGE_FUNCTION, "stddev_over_time"),
  QUANTILE_OVER_TIME(Group.RANGE_FUNCTION, "quantile_over_time"),
  FIRST_OVER_TIME(Group.RANGE_FUNCTION, "first_over_time"),
  LAST_OVER_TIME(Group.RANGE_FUNCTION, "last_over_time"),
  ABSENT_OVER_TIME(Group.RANGE_FUNCTION, "absent_over_time"),

  SUM(Group.VECTOR_FUNCTION, "sum"),
  AVG(Group.VECTOR_FUNCTION, "avg"),
  MAX(Group.VECTOR_FUNCTION, "max"),
  MIN(Group.VECTOR_FUNCTION, "min"),
  COUNT(Group.VECTOR_FUNCTION, "count"),
  STDDEV(Group.VECTOR_FUNCTION, "stddev"),
  STDVAR(Group.VECTOR_FUNCTION, "stdvar"),
  BOTTOMK(Group.VECTOR_FUNCTION, "bottomk"),
  TOPK(Group.VECTOR_FUNCTION, "topk"),
  APPROX_TOPK(Group.VECTOR_FUNCTION, "approx_topk"),
  SORT(Group.VECTOR_FUNCTION, "sort"),
  SORT_DESC(Group.VECTOR_FUNCTION, "sort_desc"),

  VECTOR(Group.FUNCTION, "vector"),
  LABEL_REPLACE(Group.FUNCTION, "label_replace"),
  BYTES_CONV(Group.FUNCTION, "bytes"),
  DURATION_CONV(Group.FUNCTION, "duration"),
  DURATION_SECONDS_CONV(Group.FUNCTION, "duration_seconds"),
  IP(Group.FUNCTION, "ip"),

  CONTAINS(Group.PUNCTUATION, "|="),
  MATCHES_REGEX(Group.PUNCTUATION, "|~"),
  MATCHES_PATTERN(Group.PUNCTUATION, "|>"),
  NOT_PATTERN(Group.PUNCTUATION, "!>"),
  PIPE(Group.PUNCTUATION, "|"),

  OR(Group.WORD, "or"),
  AND(Group.WORD, "and"),
  UNLESS(Group.WORD, "unless"),
  DOUBLE_EQUAL(Group.PUNCTUATION, "=="),
  NOT_EQUAL(Group.PUNCTUATION, "!="),
  GREATER(Group.PUNCTUATION, ">"),
  GREATER_OR_EQUAL(Group.PUNCTUATION, ">="),
  LESS(Group.PUNCTUATION, "<"),
  LESS_OR_EQUAL(Group.PUNCTUATION, "<="),
  ADD(Group.PUNCTUATION, "+"),
  SUB(Group.PUNCTUATION, "-"),
  MUL(Group.PUNCTUATION, "*"),
  DIV(Group.PUNCTUATION, "/"),
  MOD(Group.PUNCTUATION, "%"),
  POW(Group.PUNCTUATION, "^");

  /** How the lexer finds a kind, and how a message names it. */
  enum Group {
    /** Named by its class. */
    LITERAL,
    /** One or two characters. */
    PUNCTUATION,
    /** A word that is never an identifier. */
    WORD,
    /** A function over a range of lines; a plain identifier where no call follows. */
    RANGE_FUNCTION,
    /** An aggregation over series; a plain identifier where no call follows. */
    VECTOR_FUNCTION,
    /** Any other word that is a plain identifier where no call follows. */
    FUNCTION
  }

  private static final Map<String, TokenKind> WORDS = new HashMap<>();
  private static final Map<String, TokenKind> PUNCTUATION = new HashMap<>();

  static {
    for (TokenKind kind : values()) {
      switch (kind.group) {
        case LITERAL -> {}
        case PUNCTUATION -> PUNCTUATION.put(kind.text, kind);
        case WORD, RANGE_FUNCTION, VECTOR_FUNCTION, FUNCTION -> WORDS.put(kind.text, kind);
      }
    }
  }

  private final Group group;
  private final String text;

  TokenKind(Group group, String text) {
    this.group = group;
    this.text = text;
  }

  Group group() {
    return group;
  }

  /** Whether the word is one only in front of a call (logql.md §2.3). */
  boolean needsCall() {
    return switch (group) {
      case RANGE_FUNCTION, VECTOR_FUNCTION, FUNCTION -> true;
      case LITERAL, PUNCTUATION, WORD -> false;
    };
  }

  /** Returns the name that error messages use. */
  String display() {
    boolean upper = needsCall() && this != IP && this != LABEL_REPLACE;
    return upper ? name() : text;
  }

  /** Returns the kind of a word in any case, or null for a word without meaning. */
  static TokenKind ofWord(String word) {
    return WORDS.get(word.toLowerCase(Locale.ROOT));
  }

  /** Returns the kind of an operator or bracket, or null. */
  static TokenKind ofPunctuation(String text) {
    return PUNCTUATION.get(text);
  }
}
