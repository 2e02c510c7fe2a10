package dev.skald.logql.stage;

import dev.skald.logql.template.Template;
import dev.skald.logql.template.TemplateException;
import dev.skald.logql.template.TemplateSyntaxException;
import java.time.Instant;

/** {@code | line_format "…"}: a template makes the new line (logql.md §13.2). */
final class LineFormatStage implements Stage {
  private final Template template;
  private final LabelSlot soleField;
  private final RowTemplateData data;

  /**
   * @throws StageException if the template is malformed
   */
  LineFormatStage(Row row, String text, Instant now) {
    this.template = compile(text);
    this.soleField = template.soleField() == null ? null : row.labels.slot(template.soleField());
    this.data = new RowTemplateData(row, now);
  }

  static Template compile(String text) {
    try {
      return Template.compile("line", text);
    } catch (TemplateSyntaxException e) {
      throw new StageException("invalid line template: " + e.getMessage());
    }
  }

  @Override
  public boolean process(Row row) {
    if (soleField != null) {
      takeField(row);
      return true;
    }
    data.take();
    row.output.clear();
    try {
      template.execute(data, row.output);
      row.keepOutput();
      row.lineFromArena();
    } catch (TemplateException e) {
      row.labels.error.set(EntryError.TEMPLATE_FORMAT, Bytes.utf8(e.getMessage()));
    }
    return true;
  }

  private void takeField(Row row) {
    if (soleField.present()) {
      row.line.set(soleField.bytes, soleField.offset, soleField.length);
    } else {
      row.line.length = 0;
    }
  }
}
