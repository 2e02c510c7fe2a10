package dev.skald.logql.eval;

import dev.skald.logql.Labels;
import dev.skald.logql.regex.Regex;
import dev.skald.logql.syntax.MetricExpr.LabelReplace;
import java.nio.charset.StandardCharsets;

/**
 * {@code label_replace}: sets one label from parts of another (logql.md §19). Two series may come
 * to have the same labels.
 */
final class LabelReplacer implements SeriesSink {
  private final LabelReplace call;
  private final Replacement replacement;
  private final SeriesSink sink;
  private final int[] groups;

  LabelReplacer(LabelReplace call, SeriesSink sink) {
    this.call = call;
    this.replacement = new Replacement(call.replacement());
    this.sink = sink;
    this.groups = new int[2 * (call.regex().groupCount() + 1)];
  }

  @Override
  public void accept(StepSeries series) {
    sink.accept(series.withLabels(replace(series.labels())));
  }

  private Labels replace(Labels labels) {
    Regex regex = call.regex();
    byte[] source = labels.getOrEmpty(call.source()).getBytes(StandardCharsets.UTF_8);
    if (!regex.find(source, 0, source.length, 0, groups)) {
      return labels;
    }
    String value = replacement.expand(regex, source, groups);
    Labels.Builder builder = new Labels.Builder();
    for (int i = 0; i < labels.size(); i++) {
      if (!labels.value(i).isEmpty() && !labels.name(i).equals(call.target())) {
        builder.add(labels.name(i), labels.value(i));
      }
    }
    return (value.isEmpty() ? builder : builder.add(call.target(), value)).build();
  }
}
