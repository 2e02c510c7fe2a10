package dev.skald.logql.syntax;

import dev.skald.logql.Matcher;
import java.util.List;
import java.util.Objects;

/** One step of a log pipeline, as written. */
public sealed interface StageExpr {

  /**
   * A line filter, {@code |= "a" or "b"}. With a positive operator one alternative is enough, with
   * a negative one none may match.
   */
  record LineFilter(Op op, List<Alternative> alternatives) implements StageExpr {
    /** What is done with the text of the filter. */
    public enum Op {
      CONTAINS("|="),
      NOT_CONTAINS("!="),
      REGEX("|~"),
      NOT_REGEX("!~"),
      PATTERN("|>"),
      NOT_PATTERN("!>");

      private final String text;

      Op(String text) {
        this.text = text;
      }

      public String text() {
        return text;
      }

      public boolean negative() {
        return this == NOT_CONTAINS || this == NOT_REGEX || this == NOT_PATTERN;
      }
    }

    /**
     * @param ip whether the text stands inside {@code ip("…")}
     */
    public record Alternative(String text, boolean ip) {}

    public LineFilter {
      alternatives = List.copyOf(alternatives);
    }
  }

  /** A label taken from a path, {@code label="path"}; a bare label is its own path. */
  record Extraction(String label, String path) {}

  /** {@code | json} with no extractions, or {@code | json a="b.c"}. */
  record Json(List<Extraction> extractions) implements StageExpr {
    public Json {
      extractions = List.copyOf(extractions);
    }
  }

  /** {@code | logfmt} with its flags, and with the extractions asked for, if any. */
  record Logfmt(boolean strict, boolean keepEmpty, List<Extraction> extractions)
      implements StageExpr {
    public Logfmt {
      extractions = List.copyOf(extractions);
    }
  }

  /** {@code | regexp "…"}. */
  record Regexp(String pattern) implements StageExpr {}

  /** {@code | pattern "…"}. */
  record Pattern(String pattern) implements StageExpr {}

  /** {@code | unpack}. */
  record Unpack() implements StageExpr {}

  /** A filter on labels, {@code | status >= 400 and level="error"}. */
  record LabelFilter(LabelPredicate predicate) implements StageExpr {}

  /** {@code | line_format "…"}. */
  record LineFormat(String template) implements StageExpr {}

  /** {@code | label_format a=b, c="…"}; the items run in order. */
  record LabelFormat(List<Item> items) implements StageExpr {
    /**
     * @param rename whether {@code source} is the name of a label, not a template
     */
    public record Item(String label, String source, boolean rename) {}

    public LabelFormat {
      items = List.copyOf(items);
    }
  }

  /** {@code | decolorize}. */
  record Decolorize() implements StageExpr {}

  /** {@code | drop a, b="c"}. */
  record Drop(List<Item> items) implements StageExpr {
    public Drop {
      items = List.copyOf(items);
    }
  }

  /** {@code | keep a, b="c"}. */
  record Keep(List<Item> items) implements StageExpr {
    public Keep {
      items = List.copyOf(items);
    }
  }

  /**
   * A label named by {@code drop} or {@code keep}.
   *
   * @param matcher what its value must pass, or null for a bare name
   */
  record Item(String label, Matcher matcher) {
    public Item {
      Objects.requireNonNull(label, "label is null");
    }
  }
}
