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
      EvalStats stats) {
    this.query = query;
    this.parameters = parameters;
    this.reader = reader;
    this.context = context;
    this.stats = stats;
    this.collector =
        parameters.interval() > 0
            ? new SpacedEntries(
                parameters.direction(), parameters.limit(), parameters.interval(), context)
            : new BestEntries(parameters.direction(), parameters.limit(), context);
  }

  QueryResult.Streams run() {
    Pipeline pipeline = Pipeline.compile(query, context.now(), new HeldMemory(context));
    List<Block> blocks = reader.select(selection(pipeline));
    try {
      read(inOrder(blocks), pipeline);
    } finally {
      blocks.forEach(Block::release);
    }
    return new QueryResult.Streams(collector.finish());
  }

  private Selection selection(Pipeline pipeline) {
    return new Selection(
        query.matchers(),
        parameters.start(),
        parameters.end(),
        pipeline.columns(),
        parameters.direction() == Direction.FORWARD
            ? ReadOrder.OLDEST_FIRST
            : ReadOrder.NEWEST_FIRST);
  }

  private void read(List<Numbered> blocks, Pipeline pipeline) {
    for (Numbered numbered : blocks) {
      if (!collector.wants(numbered.block)) {
        return;
      }
      collector.startBlock(numbered.number);
      pipeline.run(
          reader.read(numbered.block, pipeline),
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
    numbered.sort(parameters.direction() == Direction.FORWARD ? byStart : byEnd);
    return numbered;
  }
}
