package dev.skald.storage.catalog;

/** One step of a {@link CatalogEdit}. */
public sealed interface CatalogChange {

  /** A segment is there from now on. */
  record Added(SegmentEntry segment) implements CatalogChange {}

  /**
   * A segment is read no more.
   *
   * @param number -1 if it is only known by the object that it has left
   */
  record Removed(long number, Garbage garbage) implements CatalogChange {
    public Removed {
      if (number < -1 || number >= SegmentEntry.END_OF_NUMBERS) {
        throw new IllegalArgumentException("segment number " + number + " is out of its bounds");
      }
    }
  }

  /** The object of a segment that was removed is deleted. */
  record Swept(String key) implements CatalogChange {}

  /** All entries of a head are in segments. */
  record Sealed(LogId log, HeadId head) implements CatalogChange {}

  /** The log of a sealed head is deleted, so that nobody will ask for it. */
  record Forgotten(LogId log, HeadId head) implements CatalogChange {}

  /** A delete request is new or has changed. */
  record RequestPut(DeleteRequest request) implements CatalogChange {}

  /** A delete request is withdrawn or over. */
  record RequestDropped(String tenant, String id) implements CatalogChange {}

  /** The process that writes this log is the writer, and gets the next block of numbers. */
  record TakenOver(LogId log) implements CatalogChange {}

  /** Edits were lost to bad bytes, so that objects which nobody names may be of use. */
  record Damaged() implements CatalogChange {}
}
