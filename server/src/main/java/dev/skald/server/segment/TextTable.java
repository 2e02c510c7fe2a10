package dev.skald.server.segment;

import java.util.ArrayList;
import java.util.List;

/** Rows of cells that are padded to stand in columns. Not safe for use by several threads. */
final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();
  private final String alignment;

  /**
   * @param alignment a letter a column: {@code l} left, {@code r} right
   */
  TextTable(String alignment) {
    this.alignment = alignment;
  }

  TextTable add(String... cells) {
    if (cells.length != alignment.length()) {
      throw new IllegalArgumentException(cells.length + " cells, wanted " + alignment.length());
    }
    rows.add(List.of(cells));
    return this;
  }

  /** Prints the rows, each after an indent; no line ends with a space. */
  String print(String indent) {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder(indent);
      for (int column = 0; column < row.size(); column++) {
        String cell = row.get(column);
        String pad = " ".repeat(width(column) - width(cell));
        boolean right = alignment.charAt(column) == 'r';
        line.append(column == 0 ? "" : "  ").append(right ? pad + cell : cell + pad);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> width(row.get(column))).max().orElse(0);
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
