package dev.skald.logql.stage;

import dev.skald.logql.Labels;
import dev.skald.logql.batch.Batch.Run;
import dev.skald.logql.batch.Slice;
import dev.skald.logql.batch.Stride;
import dev.skald.logql.template.TemplateException;
import dev.skald.logql.template.TemplateOutput;

/**
 * One entry on its way through a pipeline: its line, its labels by category, its error (logql.md
 * §8.1). Reused from entry to entry: whoever keeps something of it copies it. Not safe for use by
 * several threads.
 */
public final class Row {
  /** So many bytes of work lie between two looks at it. */
  private static final int LOOK_EVERY = 1 << 17;

  /** The labels of an entry by where they come from, as {@code categorize-labels} wants them. */
  public record LabelGroups(Labels stream, Labels structuredMetadata, Labels parsed) {}

  final LabelStore labels;
  final Arena arena = new Arena();
  final Slice line = new Slice();

  /** Where the templates of all stages write, one after the other. */
  final TemplateOutput output = new TemplateOutput();

  private final Stride work = new Stride(this::look, LOOK_EVERY);
  private Watch watch = Watch.NONE;
  private final LabelGroupBuilder groups = new LabelGroupBuilder();
  private long timestamp;
  private Run run;

  Row(LabelStore labels) {
    this.labels = labels;
  }

  /** Says who hears from the stages while they work. */
  void watch(Watch newWatch) {
    watch = newWatch;
  }

  /** Has somebody look whether the query is to go on, and what it holds. */
  void look() {
    watch.look(memory());
  }

  /** Counts work by the bytes it has to do with; after some there is a {@link #look}. */
  void work(long bytes) {
    work.step(bytes);
  }

  void startRun(Run newRun) {
    run = newRun;
    labels.startStream(newRun.labels());
  }

  /** Begins an entry whose line is already in place. */
  void start(long newTimestamp) {
    timestamp = newTimestamp;
    labels.startRow();
    arena.reset();
  }

  /**
   * Copies what a template has written into the arena.
   *
   * @throws TemplateException if the stages have made too much of this entry
   */
  void keepOutput() {
    if (arena.isFull(output.length())) {
      throw new TemplateException(
          "the formatted parts of an entry are longer than " + Arena.MOST + " bytes");
    }
    arena.begin();
    arena.append(output.bytes(), 0, output.length());
  }

  /** Returns about how much memory the row and its labels take. */
  long memory() {
    return labels.table.memory() + arena.capacity() + output.capacity();
  }

  /** Makes the piece that was last written into the arena the line. */
  void lineFromArena() {
    line.set(arena.bytes(), arena.start(), arena.length());
  }

  /** Unix nanoseconds. */
  public long timestamp() {
    return timestamp;
  }

  /** The labels of the entry's stream as stored, before any stage. */
  public Labels streamLabels() {
    return run.labels();
  }

  /** The hash of the stream's labels (logql.md §20.4). */
  public long streamHash() {
    return run.streamHash();
  }

  /** The line as the stages so far have left it; valid until the next entry. */
  public Slice line() {
    return line;
  }

  /** Returns the labels after the stages so far, errors among the parsed ones. */
  public LabelGroups labels() {
    return groups.build(run.labels(), labels);
  }
}
