package dev.skald.storage.segment;

import dev.skald.storage.object.ObjectStore;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * One block in an object store.
 *
 * @param names of all metadata of the segment
 */
record BlockSource(ObjectStore store, String key, List<String> names, BlockInfo info) {
  /** Pages that are no further apart than this are read in one go. */
  private static final int GAP = 1 << 16;

  BlockInfo.PageRef page(int number) {
    return info.pages().get(number);
  }

  long offset() {
    return info.pages().getFirst().offset();
  }

  /** Reads the stored bytes of some pages; the answer has them at their numbers. */
  PageReader.Piece[] load(List<Integer> numbers) throws IOException {
    PageReader.Piece[] pieces = new PageReader.Piece[info.pages().size()];
    int[] sorted =
        numbers.stream()
            .distinct()
            .sorted(Comparator.comparingLong(number -> page(number).offset()))
            .mapToInt(number -> number)
            .toArray();
    int from = 0;
    for (int to = 1; to <= sorted.length; to++) {
      boolean near =
          to < sorted.length && page(sorted[to]).offset() - page(sorted[to - 1]).end() <= GAP;
      if (!near) {
        long start = page(sorted[from]).offset();
        int length = Math.toIntExact(page(sorted[to - 1]).end() - start);
        PageReader.Piece piece = new PageReader.Piece(store.get(key, start, length), start);
        Arrays.stream(sorted, from, to).forEach(number -> pieces[number] = piece);
        from = to;
      }
    }
    return pieces;
  }
}
