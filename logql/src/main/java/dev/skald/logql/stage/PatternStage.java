package dev.skald.logql.stage;

import dev.skald.logql.regex.ByteSearch;
import dev.skald.logql.syntax.LinePattern;
import dev.skald.logql.syntax.LinePattern.Capture;
import dev.skald.logql.syntax.LinePattern.Literal;
import dev.skald.logql.syntax.LinePattern.Node;
import java.util.ArrayList;
import java.util.List;

/** {@code | pattern "<a> <b>"}: the captures become labels (logql.md §11.6). */
final class PatternStage implements Stage {
  private final LabelStore labels;
  private final ByteSearch head;

  /** The label of each capture, or null, and the text that ends it, or null at the very end. */
  private final LabelSlot[] captures;

  private final ByteSearch[] terminators;

  /**
   * @throws IllegalArgumentException if the pattern cannot serve a parser
   */
  PatternStage(LabelStore labels, LinePattern pattern) {
    pattern.checkParser();
    this.labels = labels;
    List<Node> nodes = pattern.nodes();
    this.head = nodes.getFirst() instanceof Literal literal ? search(literal) : null;
    List<LabelSlot> slots = new ArrayList<>();
    List<ByteSearch> ends = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i) instanceof Capture capture) {
        slots.add(slot(capture));
        boolean last = i + 1 == nodes.size();
        ends.add(last ? null : search((Literal) nodes.get(i + 1)));
      }
    }
    this.captures = slots.toArray(LabelSlot[]::new);
    this.terminators = ends.toArray(ByteSearch[]::new);
  }

  private static ByteSearch search(Literal literal) {
    return ByteSearch.of(Bytes.utf8(literal.text()));
  }

  private LabelSlot slot(Capture capture) {
    return capture.name().equals(LinePattern.UNNAMED) ? null : labels.slot(capture.name());
  }

  @Override
  public boolean process(Row row) {
    byte[] bytes = row.line.bytes;
    int pos = row.line.offset;
    int end = row.line.end();
    if (pos == end || labels.complete()) {
      return true;
    }
    if (head != null) {
      if (!head.startsRange(bytes, pos, end)) {
        return true;
      }
      pos += head.length();
    }
    for (int i = 0; i < captures.length; i++) {
      int found = terminators[i] == null ? -1 : terminators[i].indexOf(bytes, pos, end);
      int captureEnd = found < 0 ? end : found;
      if (!store(row, captures[i], pos, captureEnd)) {
        return false;
      }
      if (found < 0 || labels.complete()) {
        return true;
      }
      pos = found + terminators[i].length();
    }
    return true;
  }

  private boolean store(Row row, LabelSlot name, int from, int to) {
    LabelSlot slot = name == null ? null : labels.wanted(name);
    if (slot == null) {
      return true;
    }
    labels.set(slot, row.line.bytes, from, to - from);
    return slot.earlyTest == null || slot.earlyTest.test(row);
  }
}
