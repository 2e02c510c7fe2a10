package dev.skald.distributor;

import dev.skald.logql.Labels;
import dev.skald.logql.batch.Slice;

/**
 * What there is to know of a stream before its entries are looked at. Immutable.
 *
 * @param text the canonical text of the labels, {@code service_name} among them
 * @param canonical the same in UTF-8
 * @param hash of the labels (logql.md §20.4)
 * @param level what the labels say of the level of every entry, or null
 * @param rejection why no entry of the stream is taken, or null
 */
record ResolvedStream(
    Labels labels, String text, Slice canonical, long hash, byte[] level, Rejection rejection) {

  /** Returns the stream as it is while all streams are refused. */
  ResolvedStream refused(Rejection all) {
    return rejection != null ? this : new ResolvedStream(labels, text, canonical, hash, level, all);
  }
}
