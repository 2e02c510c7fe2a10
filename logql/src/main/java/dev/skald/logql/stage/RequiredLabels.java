package dev.skald.logql.stage;

import dev.skald.logql.syntax.LabelPredicate;
import dev.skald.logql.syntax.MetricExpr.Unwrap;
import dev.skald.logql.syntax.StageExpr;
import dev.skald.logql.syntax.StageExpr.LabelFormat.Item;
import dev.skald.logql.template.Template;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** The labels that a metric query names somewhere and so may need (logql.md §8.6). */
final class RequiredLabels {
  private static final String SUFFIX = "_extracted";

  private final Set<String> names = new TreeSet<>();

  private RequiredLabels() {}

  /**
   * A malformed template names no label; who compiles its stage reports it.
   *
   * @param unwrap null where there is none
   */
  static Set<String> of(List<StageExpr> stages, Unwrap unwrap, List<String> groupNames) {
    RequiredLabels required = new RequiredLabels();
    stages.forEach(required::addStage);
    if (unwrap != null) {
      required.add(unwrap.label());
      unwrap.filters().forEach(required::addPredicate);
    }
    groupNames.forEach(required::add);
    return required.names;
  }

  private void add(String name) {
    names.add(name);
    if (name.endsWith(SUFFIX)) {
      names.add(name.substring(0, name.length() - SUFFIX.length()));
    }
  }

  private void addStage(StageExpr stage) {
    switch (stage) {
      case StageExpr.LabelFilter filter -> {
        if (!LabelFilterStage.alwaysTrue(filter.predicate())) {
          addPredicate(filter.predicate());
        }
      }
      case StageExpr.LineFormat format ->
          addFields(() -> LineFormatStage.compile(format.template()));
      case StageExpr.LabelFormat format -> format.items().forEach(this::addItem);
      default -> {
        // The other stages need no label to do their work.
      }
    }
  }

  private void addItem(Item item) {
    if (item.rename()) {
      add(item.source());
    } else {
      addFields(() -> LabelFormatStage.compile(item));
    }
  }

  private void addFields(Supplier<Template> template) {
    try {
      template.get().fields().forEach(this::add);
    } catch (StageException malformed) {
      // Reported by the compiler, together with the text of the stage.
    }
  }

  private void addPredicate(LabelPredicate predicate) {
    switch (predicate) {
      case LabelPredicate.And and -> {
        addPredicate(and.left());
        addPredicate(and.right());
      }
      case LabelPredicate.Or or -> {
        addPredicate(or.left());
        addPredicate(or.right());
      }
      default -> add(LabelFilterStage.soleLabel(predicate));
    }
  }
}
