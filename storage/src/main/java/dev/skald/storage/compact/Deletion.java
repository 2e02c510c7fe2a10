package dev.skald.storage.compact;

import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.Block;
import dev.skald.logql.batch.EntrySource;
import dev.skald.logql.batch.Selection;
import dev.skald.storage.catalog.DeleteRequest;
import dev.skald.storage.catalog.FencedException;
import dev.skald.storage.catalog.SegmentEntry;
import dev.skald.storage.deletes.CoveredLines;
import dev.skald.storage.deletes.DeleteMask;
import dev.skald.storage.deletes.DeleteRequests;
import dev.skald.storage.object.CorruptDataException;
import dev.skald.storage.object.CorruptionListener;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out delete requests: looks for their lines in all segments, writes those that have some
 * again, and calls a request processed once no segment and no head has a line of it. What was found
 * clean is remembered in memory only; after a restart it is looked at again. Not safe for use by
 * several threads.
 */
final class Deletion {
  private static final Logger log = LoggerFactory.getLogger(Deletion.class);

  private static final int WHOLE = 100;

  /** After segments were written again they are looked at once more, so often at most. */
  private static final int ROUNDS = 3;

  private final Rewriter rewriter;
  private final DeleteRequests requests;
  private final Function<String, Optional<List<EntrySource>>> recent;
  private final RetentionListener listener;
  private final CorruptionListener corruption;

  /** The numbers of the segments without lines of a request, by its id and tenant. */
  private final Map<List<String>, Set<Long>> clean = new HashMap<>();

  /** Segments that cannot be written again, as some of their bytes are bad. */
  private final Set<Long> corrupt = new HashSet<>();

  /**
   * @param recent the unsealed lines of a tenant, sealed ones may be among them; nothing while they
   *     are not known
   */
  Deletion(
      Rewriter rewriter,
      DeleteRequests requests,
      Function<String, Optional<List<EntrySource>>> recent,
      RetentionListener listener,
      CorruptionListener corruption) {
    this.rewriter = rewriter;
    this.requests = requests;
    this.recent = recent;
    this.listener = listener;
    this.corruption = corruption;
  }

  /**
   * Does what can be done now for requests of one tenant.
   *
   * @param filter leaves out their lines
   * @throws FencedException if another writer has taken over
   */
  void carryOut(String tenant, List<CoveredLines> due, RowFilter filter) throws IOException {
    boolean again = true;
    for (int round = 0; again && round < ROUNDS; round++) {
      // The heads come first: what is sealed after that is found in both places.
      Optional<List<EntrySource>> heads = recent.apply(tenant);
      List<SegmentEntry> segments =
          rewriter.store().segments().stream()
              .filter(entry -> entry.tenant().equals(tenant))
              .toList();
      again = rewriteDirty(segments, due, filter);
      if (!again) {
        for (CoveredLines request : due) {
          conclude(request, segments, heads);
        }
      }
    }
  }

  /** Returns whether any segment was written again. */
  private boolean rewriteDirty(
      List<SegmentEntry> segments, List<CoveredLines> due, RowFilter filter) throws IOException {
    boolean rewritten = false;
    for (SegmentEntry entry : segments) {
      try {
        if (!corrupt.contains(entry.number()) && isDirty(entry, due)) {
          rewritten |= rewriter.rewrite(entry, filter);
          listener.rewritten();
        }
      } catch (CorruptDataException bad) {
        corrupt.add(entry.number());
        corruption.corrupt(bad);
        log.error("cannot delete lines of {}; they stay hidden: {}", entry.key(), bad.toString());
      } catch (FencedException overtaken) {
        throw overtaken;
      } catch (IOException failure) {
        listener.failed();
        log.warn("cannot delete lines of {}, will try again", entry.key(), failure);
      }
      due.forEach(request -> report(request, segments));
    }
    return rewritten;
  }

  /** Looks for lines of the requests that this segment is not known to be clean of. */
  private boolean isDirty(SegmentEntry entry, List<CoveredLines> due) throws IOException {
    for (CoveredLines request : due) {
      if (overlaps(entry, request) && !cleanOf(request).contains(entry.number())) {
        if (hasLines(entry, request)) {
          return true;
        }
        cleanOf(request).add(entry.number());
      }
    }
    return false;
  }

  private static boolean overlaps(SegmentEntry entry, CoveredLines request) {
    return entry.overlaps(request.selection().start(), request.selection().end());
  }

  private Set<Long> cleanOf(CoveredLines covered) {
    DeleteRequest request = covered.request();
    return clean.computeIfAbsent(List.of(request.tenant(), request.id()), key -> new HashSet<>());
  }

  private boolean hasLines(SegmentEntry entry, CoveredLines request) throws IOException {
    Selection selection = request.selection();
    AtomicReference<CorruptDataException> bad = new AtomicReference<>();
    List<Block> blocks = rewriter.store().openToMerge(entry).select(selection, bad::set);
    Pace pace = rewriter.pace();
    for (Block block : blocks) {
      pace.spend(entry.bytes() / blocks.size());
      if (hasLines(block, request)) {
        return true;
      }
    }
    if (bad.get() != null) {
      // The bytes may come back some day, so that its lines must stay hidden.
      throw bad.get();
    }
    return false;
  }

  private static boolean hasLines(Block block, CoveredLines request) {
    try {
      Batch lines = block.read(request.selection().columns());
      return DeleteMask.covering(List.of(request)).covered(lines) != null;
    } finally {
      block.release();
    }
  }

  private void report(CoveredLines request, List<SegmentEntry> segments) {
    long all = segments.stream().filter(entry -> overlaps(entry, request)).count();
    long done =
        segments.stream()
            .filter(entry -> overlaps(entry, request))
            .filter(entry -> cleanOf(request).contains(entry.number()))
            .count();
    int percent = all == 0 ? 0 : (int) Math.min(WHOLE - 1, done * WHOLE / all);
    requests.progress(request.request(), percent);
  }

  /** Calls a request processed if it is. */
  private void conclude(
      CoveredLines request, List<SegmentEntry> segments, Optional<List<EntrySource>> heads)
      throws IOException {
    for (SegmentEntry entry : segments) {
      if (overlaps(entry, request) && !cleanOf(request).contains(entry.number())) {
        return;
      }
    }
    if (heads.isEmpty() || hasLines(heads.get(), request)) {
      return;
    }
    requests.processed(request.request());
    clean.remove(List.of(request.request().tenant(), request.request().id()));
    listener.processed(request.request().tenant());
    log.info(
        "the delete request {} of {} is processed",
        request.request().id(),
        request.request().tenant());
  }

  private static boolean hasLines(List<EntrySource> heads, CoveredLines request) {
    return heads.stream()
        .flatMap(head -> head.select(request.selection()).stream())
        .anyMatch(block -> hasLines(block, request));
  }

  /** Forgets requests that are there no more. */
  void retain(List<DeleteRequest> pending) {
    Set<List<String>> there = new HashSet<>();
    pending.forEach(request -> there.add(List.of(request.tenant(), request.id())));
    clean.keySet().retainAll(there);
  }
}
