package dev.skald.storage.segment;

import dev.skald.logql.Labels;
import dev.skald.logql.batch.Batch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;

/**
 * Makes one segment of rows that come in its order, in a file and in the memory of one block,
 * however large it gets. Holds native memory and the file; close it. Not safe for use by several
 * threads.
 */
public final class SegmentFileWriter implements AutoCloseable {
  private final PageCompressor compressor;
  private final FileOutput output;
  private final SegmentBuilder builder;
  private boolean empty = true;

  /**
   * @param day UTC day, counted from 1970-01-01
   * @param names of all metadata that rows may have
   * @param file where the segment lies until this is closed; there must be none
   */
  public SegmentFileWriter(
      String tenant, long day, Collection<String> names, SegmentOptions options, Path file)
      throws IOException {
    this.output = new FileOutput(file);
    this.compressor = new PageCompressor(options.zstdLevel());
    this.builder =
        new SegmentBuilder(
            new SegmentDay(tenant, day),
            names.stream().distinct().sorted(Labels::compareBytes).toList(),
            options,
            compressor,
            output);
  }

  /**
   * Adds the rows of a run. Streams come in the order of their canonical text, rows of a stream in
   * the order of time. The batch may be read until more rows were added than a block has.
   *
   * @throws IllegalArgumentException if a row has no line
   */
  public void add(Batch batch, Batch.Run run) throws IOException {
    if (run.from() < run.to()) {
      empty = false;
      builder.add(new StreamRun(batch, run.labels(), run.streamHash(), run.from(), run.to()));
    }
  }

  /** Returns the segment, or nothing if no row was added. Its content outlives this writer. */
  public Optional<WrittenSegment> finish() throws IOException {
    return empty ? Optional.empty() : Optional.of(builder.finish());
  }

  @Override
  public void close() throws IOException {
    compressor.close();
    output.close();
  }
}
