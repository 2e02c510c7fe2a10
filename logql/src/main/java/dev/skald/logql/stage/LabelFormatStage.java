package dev.skald.logql.stage;

import dev.skald.logql.syntax.StageExpr.LabelFormat.Item;
import dev.skald.logql.template.Template;
import dev.skald.logql.template.TemplateException;
import dev.skald.logql.template.TemplateSyntaxException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code | label_format a=b, c="…"}: renames labels and makes new ones (logql.md §13.3). */
final class LabelFormatStage implements Stage {

  /** One item, either a rename of {@code source} or a template. */
  private record Step(LabelSlot target, LabelSlot source, Template template) {}

  private final Step[] steps;
  private final RowTemplateData data;

  /**
   * @throws StageException if a template is malformed or a label may not be set
   */
  LabelFormatStage(Row row, List<Item> items, Instant now) {
    check(items);
    this.steps = items.stream().map(item -> step(row.labels, item)).toArray(Step[]::new);
    this.data = new RowTemplateData(row, now);
  }

  private static void check(List<Item> items) {
    Set<String> names = new HashSet<>();
    for (Item item : items) {
      if (item.label().equals(EntryError.NAME)) {
        throw new StageException(EntryError.NAME + " cannot be formatted");
      }
      if (!names.add(item.label())) {
        throw new StageException(
            "multiple label name '" + item.label() + "' not allowed in a single format operation");
      }
    }
  }

  private static Step step(LabelStore labels, Item item) {
    LabelSlot target = labels.slot(item.label());
    return item.rename()
        ? new Step(target, labels.slot(item.source()), null)
        : new Step(target, null, compile(item));
  }

  static Template compile(Item item) {
    try {
      return Template.compile("label", item.source());
    } catch (TemplateSyntaxException e) {
      throw new StageException(
          "invalid template for label '" + item.label() + "': " + e.getMessage());
    }
  }

  /** All templates see the labels as they were when the first one was reached. */
  @Override
  public boolean process(Row row) {
    boolean taken = false;
    for (Step step : steps) {
      if (step.template() == null) {
        rename(row.labels, step);
        continue;
      }
      row.work(row.line.length);
      if (!taken) {
        data.take();
        taken = true;
      }
      format(row, step);
    }
    return true;
  }

  private static void rename(LabelStore labels, Step step) {
    LabelSlot source = step.source();
    if (source.present()) {
      labels.set(step.target(), source.bytes, source.offset, source.length);
      labels.delete(source);
    }
  }

  private void format(Row row, Step step) {
    row.output.clear();
    try {
      step.template().execute(data, row.output);
      row.keepOutput();
    } catch (TemplateException e) {
      row.labels.error.set(EntryError.TEMPLATE_FORMAT, Bytes.utf8(e.getMessage()));
      return;
    }
    Arena arena = row.arena;
    row.labels.set(step.target(), arena.bytes(), arena.start(), arena.length());
  }
}
