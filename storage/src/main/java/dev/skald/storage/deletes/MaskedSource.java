package dev.skald.storage.deletes;

import dev.skald.logql.Matcher;
import dev.skald.logql.batch.Block;
import dev.skald.logql.batch.Columns;
import dev.skald.logql.batch.EntrySource;
import dev.skald.logql.batch.Selection;
import dev.skald.logql.batch.StreamStats;
import java.util.ArrayList;
import java.util.List;

/** A source without the lines that delete requests cover. */
final class MaskedSource implements EntrySource {
  private final EntrySource source;
  private final DeleteMask mask;
  private final Runnable pause;

  /**
   * @param pause runs now and then while filters look for what they cover; what it throws ends that
   */
  MaskedSource(EntrySource source, DeleteMask mask, Runnable pause) {
    this.source = source;
    this.mask = mask;
    this.pause = pause;
  }

  @Override
  public EntrySource pausing(Runnable newPause) {
    return new MaskedSource(source.pausing(newPause), mask, newPause);
  }

  @Override
  public List<Block> select(Selection selection) {
    DeleteMask inTime = mask.within(selection.start(), selection.end());
    if (inTime.isEmpty()) {
      return source.select(selection);
    }
    List<Block> blocks = new ArrayList<>();
    for (Block block : source.select(widened(selection, inTime))) {
      blocks.add(masked(block, inTime));
    }
    return blocks;
  }

  /** A filter may look at any column. */
  private static Selection widened(Selection selection, DeleteMask mask) {
    return mask.requests().stream().anyMatch(CoveredLines::hasFilter)
        ? new Selection(
            selection.matchers(),
            selection.start(),
            selection.end(),
            Columns.ALL,
            selection.order())
        : selection;
  }

  private Block masked(Block block, DeleteMask mask) {
    long max = block.maxTime();
    DeleteMask own = mask.within(block.minTime(), max == Long.MAX_VALUE ? max : max + 1);
    return own.isEmpty() ? block : new MaskedBlock(block, own, pause);
  }

  @Override
  public List<StreamStats> streams(List<Matcher> matchers, long start, long end) {
    List<CoveredLines> whole =
        mask.requests().stream()
            .filter(request -> !request.hasFilter() && request.overlaps(start, end))
            .toList();
    return whole.isEmpty()
        ? source.streams(matchers, start, end)
        : new LeftStreams(source, whole, start, end).of(matchers, pause);
  }
}
