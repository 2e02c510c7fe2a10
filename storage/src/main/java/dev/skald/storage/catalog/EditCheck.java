package dev.skald.storage.catalog;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * Refuses edits that do not fit what the catalog holds, so that work that was planned on an older
 * view is not done twice.
 */
final class EditCheck {
  private EditCheck() {}

  /**
   * @throws IOException if a segment is already there or gone, or a head already sealed
   */
  static void check(CatalogEdit edit, CatalogSnapshot snapshot) throws IOException {
    Set<Long> removed = new HashSet<>();
    for (CatalogChange change : edit.changes()) {
      switch (change) {
        case CatalogChange.Added added -> added(added.segment(), snapshot);
        case CatalogChange.Removed gone -> removed.add(gone.number());
        case CatalogChange.Sealed head -> sealed(head, snapshot);
        case CatalogChange.Swept ignored -> {}
        case CatalogChange.Forgotten ignored -> {}
        case CatalogChange.RequestPut ignored -> {}
        case CatalogChange.RequestDropped ignored -> {}
        case CatalogChange.TakenOver ignored -> {}
        case CatalogChange.Damaged ignored -> {}
      }
    }
    if (!removed.isEmpty()) {
      snapshot.segments().forEach(segment -> removed.remove(segment.number()));
    }
    if (!removed.isEmpty()) {
      throw refused("segments " + removed + " are not there any more");
    }
  }

  private static void added(SegmentEntry segment, CatalogSnapshot snapshot) throws IOException {
    for (SegmentEntry there : snapshot.segments(segment.tenant())) {
      if (there.number() == segment.number()) {
        throw refused("segment " + segment.number() + " is there already");
      }
    }
  }

  private static void sealed(CatalogChange.Sealed head, CatalogSnapshot snapshot)
      throws IOException {
    if (snapshot.sealed(head.log(), head.head())) {
      throw refused("head " + head.head().number() + " is sealed already");
    }
  }

  private static IOException refused(String why) {
    return new IOException("the catalog has changed since the edit was planned: " + why);
  }
}
