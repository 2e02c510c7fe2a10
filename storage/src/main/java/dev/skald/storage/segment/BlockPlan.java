package dev.skald.storage.segment;

import dev.skald.logql.batch.Columns;
import java.util.ArrayList;
import java.util.List;

/**
 * Which pages of a block a query will need, as far as that can be told without reading any.
 *
 * @param rows those of the wanted streams
 * @param inside whether all of them have wanted times
 */
record BlockPlan(BlockSource source, RowRanges rows, boolean inside) {

  /**
   * Returns the numbers of the pages to load first. Runs and times say which rows are wanted; the
   * pages of all rows are loaded with them if they are surely wanted, or if that costs no more than
   * to wait for the times and then read again.
   */
  List<Integer> pages(Columns columns) {
    BlockInfo info = source.info();
    List<Integer> pages = new ArrayList<>(List.of(info.runs(), info.times()));
    List<Integer> rest = source.pages(columns, rows);
    if (inside || bytes(rest) <= source.ranges().gap()) {
      pages.addAll(rest);
    }
    return pages.stream().distinct().toList();
  }

  long bytes(List<Integer> pages) {
    long bytes = 0;
    for (int page : pages) {
      bytes += source.page(page).length();
    }
    return bytes;
  }
}
