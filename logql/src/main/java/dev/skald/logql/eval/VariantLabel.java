package dev.skald.logql.eval;

/** Says of each series which of the parts of {@code variants} it comes from (logql.md §21). */
final class VariantLabel implements SeriesSink {
  private static final String NAME = "__variant__";

  private final String value;
  private final SeriesSink sink;

  /**
   * @param index of the part, from 0
   */
  VariantLabel(int index, SeriesSink sink) {
    this.value = Integer.toString(index);
    this.sink = sink;
  }

  @Override
  public void accept(StepSeries series) {
    sink.accept(series.withLabels(series.labels().toBuilder().set(NAME, value).build()));
  }
}
