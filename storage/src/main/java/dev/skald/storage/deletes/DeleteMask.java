package dev.skald.storage.deletes;

import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.EntrySource;
import dev.skald.storage.catalog.DeleteRequest;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** Which lines of a tenant are to be seen no more. Safe for use by any thread. */
public final class DeleteMask {
  private final List<CoveredLines> requests;

  private DeleteMask(List<CoveredLines> requests) {
    this.requests = List.copyOf(requests);
  }

  /**
   * Returns the mask of some requests; those that are processed have no lines any more.
   *
   * @throws dev.skald.logql.QueryException if one of them cannot be read any more
   */
  public static DeleteMask of(Collection<DeleteRequest> requests) {
    return new DeleteMask(
        requests.stream()
            .filter(request -> request.status() == DeleteRequest.Status.RECEIVED)
            .map(CoveredLines::of)
            .toList());
  }

  /** Returns the mask of compiled requests. */
  public static DeleteMask covering(List<CoveredLines> requests) {
    return new DeleteMask(requests);
  }

  /** Returns whether it covers nothing. */
  public boolean isEmpty() {
    return requests.isEmpty();
  }

  List<CoveredLines> requests() {
    return requests;
  }

  /** Returns the source without the covered lines; the source itself if there are none. */
  public EntrySource over(EntrySource source) {
    return isEmpty() ? source : new MaskedSource(source, this, () -> {});
  }

  /** Returns the part of the mask that may cover lines in {@code [start, end)}. */
  DeleteMask within(long start, long end) {
    return new DeleteMask(requests.stream().filter(one -> one.overlaps(start, end)).toList());
  }

  /**
   * Returns the covered rows of a batch, or null if there are none.
   *
   * @param batch with all columns
   */
  public BitSet covered(Batch batch) {
    return covered(batch, () -> batch, () -> {});
  }

  /**
   * Returns the covered rows of a batch, or null if there are none.
   *
   * @param whole reads the same rows with all columns; asked only if a filter needs them. Where it
   *     gives another number of rows, the bytes have gone bad, and all rows count as covered
   * @param pause runs now and then while filters work; what it throws ends that
   */
  BitSet covered(Batch batch, Supplier<Batch> whole, Runnable pause) {
    BitSet covered = new BitSet();
    for (CoveredLines request : requests) {
      if (!request.hasFilter()) {
        request.addCandidates(batch, covered);
      }
    }
    Batch read = null;
    for (CoveredLines request : requests) {
      if (request.hasFilter()) {
        BitSet candidates = new BitSet();
        request.addCandidates(batch, candidates);
        candidates.andNot(covered);
        if (!candidates.isEmpty()) {
          read = read == null ? whole.get() : read;
          if (read.rows() != batch.rows()) {
            covered.set(0, batch.rows());
            return covered;
          }
          request.addPassing(read, candidates, covered, pause);
        }
      }
    }
    return covered.isEmpty() ? null : covered;
  }
}
