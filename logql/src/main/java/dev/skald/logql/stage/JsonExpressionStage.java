package dev.skald.logql.stage;

import dev.skald.logql.stage.JsonCursor.Kind;
import dev.skald.logql.syntax.StageExpr.Extraction;
import java.util.List;

/** {@code | json label="path"}: some values of the line become labels (logql.md §11.3). */
final class JsonExpressionStage implements Stage {
  private final LabelStore labels;
  private final JsonCursor cursor = new JsonCursor();
  private final JsonPathSearch search;
  private final ExtractedValue value = new ExtractedValue();
  private final LabelSlot[] targets;
  private final JsonPath[] paths;

  JsonExpressionStage(Row row, List<Extraction> extractions) {
    this.labels = row.labels;
    this.search = new JsonPathSearch(cursor, row.arena);
    this.targets = new LabelSlot[extractions.size()];
    this.paths = new JsonPath[targets.length];
    for (int i = 0; i < targets.length; i++) {
      paths[i] = JsonPath.parse(extractions.get(i).path());
      targets[i] = labels.slot(extractions.get(i).label());
    }
  }

  @Override
  public boolean process(Row row) {
    byte[] bytes = row.line.bytes;
    int from = row.line.offset;
    if (row.line.length == 0 || labels.complete()) {
      return true;
    }
    if (bytes[from] != '{' && bytes[from] != '[' && bytes[from] != '"') {
      labels.parserError(EntryError.JSON_PARSER, Bytes.EMPTY);
      return true;
    }
    boolean all = true;
    for (int i = 0; i < targets.length; i++) {
      row.work(row.line.length);
      if (search.find(bytes, from, row.line.end(), paths[i])) {
        store(row, targets[i]);
      } else {
        all = false;
      }
    }
    if (!all) {
      fillAbsent();
    }
    return true;
  }

  private void store(Row row, LabelSlot target) {
    if (cursor.error != null) {
      labels.parserError(EntryError.JSON_PARSER, cursor.error);
      value.set(Bytes.EMPTY, 0, 0);
    } else {
      readValue(row);
    }
    value.store(labels, labels.freeSlot(target));
  }

  private void readValue(Row row) {
    int from = cursor.valueStart;
    int to = cursor.valueEnd;
    if (cursor.kind == Kind.NULL) {
      value.set(Bytes.EMPTY, 0, 0);
    } else if (cursor.kind == Kind.STRING) {
      value.setJsonString(cursor.bytes, from, to, cursor.valueEscaped, row.arena);
    } else if (cursor.kind == Kind.ARRAY && hasEscape(from, to)) {
      value.setJsonString(cursor.bytes, from, to, true, row.arena);
    } else {
      value.set(cursor.bytes, from, to);
    }
  }

  private boolean hasEscape(int from, int to) {
    return Bytes.indexOf(cursor.bytes, from, to, (byte) '\\') >= 0;
  }

  private void fillAbsent() {
    for (LabelSlot target : targets) {
      if (!target.present()) {
        labels.set(target, Bytes.EMPTY, 0, 0);
      }
    }
  }
}
