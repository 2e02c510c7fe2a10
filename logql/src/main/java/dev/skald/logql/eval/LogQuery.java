package dev.skald.logql.eval;

import dev.skald.logql.batch.Block;
import dev.skald.logql.batch.ReadOrder;
import dev.skald.logql.batch.Selection;
import dev.skald.logql.stage.Pipeline;
import dev.skald.logql.syntax.LogExpr;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Evaluates a log query: reads blocks in its direction until the rest cannot matter. */
final class LogQuery {
  private final LogExpr query;
  private final RangeParameters parameters;
  private final BlockReader reader;
  private final QueryContext context;
  private final EvalStats stats;
  private final EntryCollector collector;

  /** A block and its place in what the source returned, which is taken for order of arrival. */
  private record Numbered(Block block, int number) {}

  LogQuery(
      LogExpr query,
      RangeParameters parameters,
      BlockReader reader,
      QueryContext context,
      EvalStats stats,
      EntryCollector collector) {
    this.query = query;
    this.parameters = parameters;
    this.reader = reader;
    this.context = context;
    this.stats = stats;
    this.collector = collector;
  }

  /** Returns the collector for the result of a range query. */
  static EntryCollector collector(RangeParameters parameters, QueryContext context) {
    return parameters.interval() > 0
        ? new SpacedEntries(
            parameters.direction(), parameters.limit(), parameters.interval(), context)
        : new BestEntries(parameters.direction(), parameters.limit(), context);
  }

  /** Returns the entries of the result in the order of the query. */
  List<LogEntry> run() {
    Pipeline pipeline = Pipeline.compile(query, context.now(), new HeldMemory(context));
    DayWindows windows =
        new DayWindows(parameters.direction(), parameters.start(), parameters.end());
    while (windows.hasNext()) {
      DayWindows.Window window = windows.next();
      if (!collector.wants(nearest(window.start(), window.end() - 1))) {
        break;
      }
      read(window, pipeline);
    }
    return collector.finish();
  }

  private void read(DayWindows.Window window, Pipeline pipeline) {
    Selection selection =
        new Selection(
            query.matchers(), window.start(), window.end(), pipeline.columns(), readOrder());
    stats.split();
    List<Block> blocks = reader.select(selection);
    try {
      read(inOrder(blocks), pipeline);
    } finally {
      blocks.forEach(Block::release);
    }
  }

  private ReadOrder readOrder() {
    return isForward() ? ReadOrder.OLDEST_FIRST : ReadOrder.NEWEST_FIRST;
  }

  private boolean isForward() {
    return parameters.direction() == Direction.FORWARD;
  }

  /** Returns which of two times stands first in the order of the query. */
  private long nearest(long min, long max) {
    return isForward() ? min : max;
  }

  private void read(List<Numbered> blocks, Pipeline pipeline) {
    for (Numbered numbered : blocks) {
      Block block = numbered.block;
      if (!collector.wants(nearest(block.minTime(), block.maxTime()))) {
        return;
      }
      collector.startBlock(numbered.number);
      pipeline.run(
          reader.read(block, pipeline),
          row -> {
            stats.keep();
            collector.accept(row);
          });
    }
  }

  private List<Numbered> inOrder(List<Block> blocks) {
    List<Numbered> numbered = new ArrayList<>(blocks.size());
    for (Block block : blocks) {
      numbered.add(new Numbered(block, numbered.size()));
    }
    Comparator<Numbered> byStart = Comparator.comparingLong(one -> one.block.minTime());
    Comparator<Numbered> byEnd = Comparator.comparingLong(one -> -one.block.maxTime());
    numbered.sort(context.work().counting(isForward() ? byStart : byEnd));
    return numbered;
  }
}
