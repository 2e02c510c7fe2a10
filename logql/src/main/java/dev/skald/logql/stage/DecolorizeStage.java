package dev.skald.logql.stage;

/** {@code | decolorize}: takes ANSI escape sequences out of the line (logql.md §14). */
final class DecolorizeStage implements Stage {

  @Override
  public boolean process(Row row) {
    byte[] bytes = row.line.bytes;
    int end = row.line.end();
    int copied = row.line.offset;
    boolean found = false;
    for (int i = copied; i < end; ) {
      int after = AnsiSequence.end(bytes, i, end);
      if (after < 0) {
        i++;
        continue;
      }
      if (!found) {
        found = true;
        row.arena.begin();
      }
      row.arena.append(bytes, copied, i - copied);
      i = after;
      copied = after;
    }
    if (found) {
      row.arena.append(bytes, copied, end - copied);
      row.lineFromArena();
    }
    return true;
  }
}
