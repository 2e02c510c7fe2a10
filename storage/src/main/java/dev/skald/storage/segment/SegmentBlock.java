package dev.skald.storage.segment;

import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.Block;
import dev.skald.logql.batch.Column;
import dev.skald.logql.batch.Columns;
import dev.skald.logql.batch.Selection;
import dev.skald.storage.bytes.MalformedException;
import dev.skald.storage.object.CorruptDataException;
import dev.skald.storage.object.CorruptionListener;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.roaringbitmap.RoaringBitmap;

/** A block of a segment, as one query sees it. Safe for use by any thread. */
final class SegmentBlock implements Block {
  private static final Batch EMPTY =
      new Batch(List.of(), new long[0], Column.Absent.INSTANCE, List.of());

  private final BlockSource source;
  private final List<StreamTotals> streams;
  private final RoaringBitmap wanted;
  private final Selection selection;
  private final BlockInfo.Bounds bounds;
  private final CorruptionListener corruption;
  private final ReadAhead.Part ahead;
  private volatile long storedBytes;

  /**
   * @param streams of the segment, by ordinal
   * @param wanted ordinals of the wanted streams
   * @param bounds of the wanted rows
   * @param ahead reads before it is asked to; null if nothing does
   */
  SegmentBlock(
      BlockSource source,
      List<StreamTotals> streams,
      RoaringBitmap wanted,
      Selection selection,
      BlockInfo.Bounds bounds,
      CorruptionListener corruption,
      ReadAhead.Part ahead) {
    this.source = source;
    this.streams = streams;
    this.wanted = wanted;
    this.selection = selection;
    this.bounds = bounds;
    this.corruption = corruption;
    this.ahead = ahead;
  }

  @Override
  public long minTime() {
    return bounds.minTime();
  }

  @Override
  public long maxTime() {
    return bounds.maxTime();
  }

  /** Reads the block; one whose bytes have changed is reported and empty. */
  @Override
  public Batch read(Columns columns) {
    try (BlockReader reader = new BlockReader(source, loaded(columns))) {
      Batch batch = reader.read(streams, wanted, selection, columns);
      storedBytes = reader.bytes();
      return batch;
    } catch (CorruptDataException failure) {
      corruption.corrupt(failure);
    } catch (MalformedException | EOFException | NoSuchFileException failure) {
      corruption.corrupt(SegmentReader.corrupt(source.key(), source.offset(), failure));
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read " + source.key(), failure);
    }
    return EMPTY;
  }

  @Override
  public long storedBytes() {
    return storedBytes;
  }

  @Override
  public long memory(Columns columns) {
    return source.memory(columns);
  }

  private List<PageReader.Piece> loaded(Columns columns) throws IOException {
    return ahead == null ? List.of() : ahead.load(columns);
  }

  @Override
  public void release() {
    if (ahead != null) {
      ahead.release();
    }
  }
}
