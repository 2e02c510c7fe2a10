package dev.skald.storage.catalog;

import java.util.List;

/**
 * A change of the catalog that is made whole or not at all.
 *
 * @param added segments that are there from now on
 * @param removed numbers of segments that are not there any more
 * @param sealed heads whose entries are all in segments from now on
 */
public record CatalogEdit(List<SegmentEntry> added, List<Long> removed, List<HeadId> sealed) {
  public CatalogEdit {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
    sealed = List.copyOf(sealed);
  }
}
