package dev.skald.storage.segment;

import dev.skald.logql.batch.Columns;
import dev.skald.storage.object.RangeReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pages of some blocks, segment by segment, and the cheapest reads that bring them all. */
final class ReadPlan {
  private final Map<SegmentLocation, List<BlockInfo.PageRef>> pages = new LinkedHashMap<>();
  private final RangeReader ranges;

  private ReadPlan(RangeReader ranges) {
    this.ranges = ranges;
  }

  /**
   * @param ranges where to read
   */
  static ReadPlan of(RangeReader ranges, List<BlockPlan> blocks, Columns columns) {
    ReadPlan plan = new ReadPlan(ranges);
    for (BlockPlan block : blocks) {
      List<BlockInfo.PageRef> ofSegment =
          plan.pages.computeIfAbsent(block.source().location(), location -> new ArrayList<>());
      block.pages(columns).forEach(page -> ofSegment.add(block.source().page(page)));
    }
    return plan;
  }

  /**
   * Returns reads that cover every page, each page in one of them.
   *
   * @param longest no read is longer, unless a single page is
   */
  List<AheadRead> reads(int longest) {
    List<AheadRead> reads = new ArrayList<>();
    pages.forEach((location, refs) -> cover(location, refs, longest, reads));
    return reads;
  }

  private void cover(
      SegmentLocation location, List<BlockInfo.PageRef> refs, int longest, List<AheadRead> reads) {
    refs.sort(Comparator.comparingLong(BlockInfo.PageRef::offset));
    long start = refs.getFirst().offset();
    long end = refs.getFirst().end();
    for (BlockInfo.PageRef ref : refs) {
      if (ref.offset() - end > ranges.gap() || ref.end() - start > longest) {
        reads.add(new AheadRead(ranges, location, start, (int) (end - start)));
        start = ref.offset();
        end = ref.end();
      }
      end = Math.max(end, ref.end());
    }
    reads.add(new AheadRead(ranges, location, start, (int) (end - start)));
  }
}
