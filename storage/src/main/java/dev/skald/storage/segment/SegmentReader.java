package dev.skald.storage.segment;

import dev.skald.logql.Matcher;
import dev.skald.logql.batch.Block;
import dev.skald.logql.batch.Selection;
import dev.skald.logql.batch.StreamStats;
import dev.skald.logql.batch.Stride;
import dev.skald.storage.bytes.ByteReader;
import dev.skald.storage.bytes.MalformedException;
import dev.skald.storage.object.CorruptDataException;
import dev.skald.storage.object.CorruptionListener;
import dev.skald.storage.object.LocalRanges;
import dev.skald.storage.object.ObjectStore;
import dev.skald.storage.object.RangeReader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * An opened segment: its streams, postings and block directory are in memory, everything else is
 * read when asked for. Immutable; safe for use by any thread.
 */
public final class SegmentReader {
  /** So many streams, blocks or label values are looked at between two pauses. */
  private static final int WORK_A_PAUSE = 1 << 14;

  private final RangeReader ranges;
  private final SegmentLocation location;
  private final Footer footer;
  private final SegmentTail tail;
  private final Runnable pause;

  private SegmentReader(
      RangeReader ranges,
      SegmentLocation location,
      Footer footer,
      SegmentTail tail,
      Runnable pause) {
    this.ranges = ranges;
    this.pause = pause;
    this.location = location;
    this.footer = footer;
    this.tail = tail;
  }

  /** Opens a segment of a near store. */
  public static SegmentReader open(ObjectStore store, SegmentLocation location) throws IOException {
    return open(new LocalRanges(store), location);
  }

  /**
   * Opens a segment with one read of its tail.
   *
   * @throws CorruptDataException if the object is missing, cut short or changed
   * @throws IOException if it cannot be read
   */
  public static SegmentReader open(RangeReader ranges, SegmentLocation location)
      throws IOException {
    String key = location.key();
    long offset = location.bytes() - location.tailLength();
    try {
      byte[] end = ranges.read(key, location.bytes(), offset, location.tailLength());
      Footer footer = Footer.decode(end);
      if (footer.tailLength() != location.tailLength()) {
        throw new MalformedException(
            "a tail of " + footer.tailLength() + " bytes, wanted " + location.tailLength());
      }
      return new SegmentReader(
          ranges, location, footer, SegmentTail.read(key, offset, end, footer), () -> {});
    } catch (MalformedException | EOFException | NoSuchFileException failure) {
      throw corrupt(key, offset, failure);
    }
  }

  static CorruptDataException corrupt(String key, long offset, Exception failure) {
    CorruptDataException corrupt =
        failure instanceof NoSuchFileException
            ? new CorruptDataException(key, offset, "the object is missing")
            : new CorruptDataException(key, offset, failure.getMessage());
    corrupt.initCause(failure);
    return corrupt;
  }

  /**
   * Returns the segment as one caller sees it that may have to stop in the middle.
   *
   * @param path by which it was opened
   * @param newPause runs every few milliseconds of work, and while a store that is far away is
   *     waited for; what it throws ends that
   */
  public SegmentReader pausing(ReadPath path, Runnable newPause) {
    return new SegmentReader(path.pausing(newPause), location, footer, tail, newPause);
  }

  private Stride work() {
    return new Stride(pause, WORK_A_PAUSE);
  }

  /** Returns the key of the object. */
  public String key() {
    return location.key();
  }

  public String tenant() {
    return footer.tenant();
  }

  /** Returns the UTC day of the entries, counted from 1970-01-01. */
  public long day() {
    return footer.day();
  }

  /**
   * Returns the streams with their totals, sorted by canonical label text; the place of one is its
   * ordinal.
   */
  public List<StreamTotals> streams() {
    return tail.streams();
  }

  /** Returns roughly how many bytes of memory this takes. */
  public long weight() {
    return 4L * tail.rawBytes();
  }

  /**
   * Returns the blocks that may hold wanted entries.
   *
   * @param corruption hears of a block that cannot be read any more; that block is empty
   */
  public List<Block> select(Selection selection, CorruptionListener corruption) {
    return select(selection, corruption, null);
  }

  /**
   * Returns the blocks that may hold wanted entries.
   *
   * @param corruption hears of a block that cannot be read any more; that block is empty
   * @param ahead learns of the blocks; null to read them only when asked to
   */
  public List<Block> select(Selection selection, CorruptionListener corruption, ReadAhead ahead) {
    RoaringBitmap wanted = wanted(selection.matchers(), selection.start(), selection.end());
    RowPlaces places = ahead == null ? null : RowPlaces.of(tail);
    List<Block> blocks = new ArrayList<>();
    Stride work = work();
    for (int i = 0; i < blocks().size(); i++) {
      BlockInfo.Bounds all = blocks().get(i).bounds();
      work.step(1 + all.lastStream() - all.firstStream());
      BlockInfo.Bounds bounds = narrow(all, wanted);
      if (bounds != null && selection.overlaps(bounds.minTime(), bounds.maxTime())) {
        BlockSource source = new BlockSource(ranges, location, names(), blocks().get(i));
        BlockInfo.Bounds clipped = clip(bounds, selection);
        ReadAhead.Part part = null;
        if (ahead != null) {
          BlockPlan plan = new BlockPlan(source, places.rows(i, wanted), clipped.equals(bounds));
          part = ahead.add(plan, clipped);
        }
        blocks.add(
            new SegmentBlock(source, streams(), wanted, selection, clipped, corruption, part));
      }
    }
    return blocks;
  }

  /** Times that are not wanted are not read, so that they are none of the block. */
  private static BlockInfo.Bounds clip(BlockInfo.Bounds bounds, Selection selection) {
    return new BlockInfo.Bounds(
        bounds.rows(),
        Math.max(bounds.minTime(), selection.start()),
        Math.min(bounds.maxTime(), selection.end() - 1),
        bounds.firstStream(),
        bounds.lastStream());
  }

  /** Returns the ordinals of the streams that pass the matchers and have times in the range. */
  private RoaringBitmap wanted(List<Matcher> matchers, long start, long end) {
    Stride work = work();
    RoaringBitmap wanted = tail.postings().select(matchers, work);
    RoaringBitmap inTime = new RoaringBitmap();
    wanted.forEach(
        (int ordinal) -> {
          work.step();
          if (tail.streams().get(ordinal).overlaps(start, end)) {
            inTime.add(ordinal);
          }
        });
    return inTime;
  }

  /** Returns the bounds of the wanted streams' rows of a block, or null if it has none. */
  private BlockInfo.Bounds narrow(BlockInfo.Bounds bounds, RoaringBitmap wanted) {
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    PeekableIntIterator ordinals = wanted.getIntIterator();
    ordinals.advanceIfNeeded(bounds.firstStream());
    while (ordinals.hasNext()) {
      int ordinal = ordinals.next();
      if (ordinal > bounds.lastStream()) {
        break;
      }
      min = Math.min(min, tail.streams().get(ordinal).minTime());
      max = Math.max(max, tail.streams().get(ordinal).maxTime());
    }
    if (min > max) {
      return null;
    }
    return new BlockInfo.Bounds(
        bounds.rows(),
        Math.max(min, bounds.minTime()),
        Math.min(max, bounds.maxTime()),
        bounds.firstStream(),
        bounds.lastStream());
  }

  /**
   * Returns the streams that may have entries in {@code [start, end)} with what they have there,
   * counted by whole minutes.
   *
   * @param corruption hears of it if the counts by minute cannot be read; totals then stand in
   */
  public List<StreamStats> streams(
      List<Matcher> matchers, long start, long end, CorruptionListener corruption)
      throws IOException {
    List<StreamStats> stats = new ArrayList<>();
    StreamRangeStats ranges = new StreamRangeStats(this, start, end, corruption);
    Stride work = work();
    for (PeekableIntIterator i = wanted(matchers, start, end).getIntIterator(); i.hasNext(); ) {
      // The blocks are looked through for each stream.
      work.step(1 + blocks().size() / 8);
      StreamStats found = ranges.of(i.next());
      if (found.entries() > 0) {
        stats.add(found);
      }
    }
    return stats;
  }

  /** Reads all rows in order; whoever asks closes it. */
  public SegmentScan scan() {
    return new SegmentScan(ranges, location, tail);
  }

  /** Returns the names of all structured metadata. */
  public List<String> metadataNames() {
    return tail.blocks().names();
  }

  Map<Footer.Section, BlockInfo.PageRef> sections() {
    return footer.sections();
  }

  List<String> names() {
    return tail.blocks().names();
  }

  List<BlockInfo> blocks() {
    return tail.blocks().blocks();
  }

  /**
   * Reads the entries by minute, one a stream by ordinal.
   *
   * @throws CorruptDataException if that part of the segment is missing or changed
   */
  public List<MinuteCounts> minuteCounts() throws IOException {
    BlockInfo.PageRef ref = footer.sections().get(Footer.Section.COUNTS);
    try (PageReader pages = new PageReader(location.key())) {
      byte[] stored = ranges.read(location.key(), location.bytes(), ref.offset(), ref.length());
      PageReader.Piece piece = new PageReader.Piece(stored, ref.offset());
      ByteReader in = new ByteReader(pages.read(piece, ref.offset(), ref.length()));
      List<MinuteCounts> counts = new ArrayList<>(tail.streams().size());
      Stride work = work();
      for (int i = 0; i < tail.streams().size(); i++) {
        work.step();
        counts.add(MinuteCounts.decode(in));
      }
      in.expectEnd();
      return counts;
    } catch (MalformedException | EOFException | NoSuchFileException failure) {
      throw corrupt(location.key(), ref.offset(), failure);
    }
  }
}
