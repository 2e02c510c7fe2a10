package dev.skald.distributor;

/**
 * The structured metadata of one entry as it was sent: its own pairs and those of the group of its
 * stream. Reused from entry to entry; not safe for use by several threads.
 */
final class EntryMetadata {
  private PushRequest request;
  private int group;
  private int first;
  private int end;
  private long bytes;

  /** Points at an entry. */
  void set(PushRequest newRequest, int stream, int entry) {
    request = newRequest;
    group = request.groupOf(stream);
    first = request.firstPair(entry);
    end = request.endPair(entry);
    bytes = request.pairs().groupBytes(group);
    for (int pair = first; pair < end; pair++) {
      bytes += request.pairs().bytes(pair);
    }
  }

  void forget() {
    request = null;
  }

  PushRequest request() {
    return request;
  }

  /** The group whose pairs the entry has too, or {@link PushPairs#NO_GROUP}. */
  int group() {
    return group;
  }

  /** The first pair of its own. */
  int first() {
    return first;
  }

  /** The pair after the last of its own. */
  int end() {
    return end;
  }

  int count() {
    return request.pairs().groupPairs(group) + end - first;
  }

  /** Bytes of all names and values. */
  long bytes() {
    return bytes;
  }
}
