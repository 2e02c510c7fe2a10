package dev.skald.logql.stage;

import dev.skald.logql.Matcher;
import dev.skald.logql.syntax.LabelPredicate;

/** {@code | label = "text"}: keeps the entries whose labels pass (logql.md §12). */
final class LabelFilterStage implements Stage {
  private final LabelTest test;

  LabelFilterStage(LabelTest test) {
    this.test = test;
  }

  @Override
  public boolean process(Row row) {
    return test.test(row);
  }

  /** Binds a predicate to the labels of a pipeline. */
  static LabelTest bind(LabelPredicate predicate, LabelStore labels) {
    return switch (predicate) {
      case LabelPredicate.Text text -> bindText(text.matcher(), labels);
      case LabelPredicate.Number number -> new NumberLabelTest(labels, number);
      case LabelPredicate.Duration duration -> new DurationLabelTest(labels, duration);
      case LabelPredicate.Bytes size -> new SizeLabelTest(labels, size);
      case LabelPredicate.Ip ip -> new IpLabelTest(labels, ip);
      case LabelPredicate.And and ->
          new CombinedLabelTest(bind(and.left(), labels), bind(and.right(), labels), true);
      case LabelPredicate.Or or ->
          new CombinedLabelTest(bind(or.left(), labels), bind(or.right(), labels), false);
    };
  }

  private static LabelTest bindText(Matcher matcher, LabelStore labels) {
    return matcher.name().equals(EntryError.NAME)
        ? new ErrorLabelTest(matcher)
        : new TextLabelTest(labels, matcher);
  }

  /** Returns the one label that a predicate tests, or null if it is a combination. */
  static String soleLabel(LabelPredicate predicate) {
    return switch (predicate) {
      case LabelPredicate.Text text -> text.matcher().name();
      case LabelPredicate.Number number -> number.label();
      case LabelPredicate.Duration duration -> duration.label();
      case LabelPredicate.Bytes size -> size.label();
      case LabelPredicate.Ip ip -> ip.label();
      case LabelPredicate.And and -> null;
      case LabelPredicate.Or or -> null;
    };
  }

  /**
   * Returns whether a predicate holds for every entry, so that its stage may be left out (§8.4).
   */
  static boolean alwaysTrue(LabelPredicate predicate) {
    return predicate instanceof LabelPredicate.Text text
        && text.matcher().type() == Matcher.Type.REGEX
        && text.matcher().value().equals(".*");
  }
}
