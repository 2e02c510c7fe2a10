package dev.skald.storage.catalog;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Changes of the catalog that are made all or, if that fails, not at all; in their order. */
public record CatalogEdit(List<CatalogChange> changes) {
  public CatalogEdit {
    changes = List.copyOf(changes);
  }

  /** Stands for the number of a segment that is not there any more. */
  private static final long NO_SEGMENT = -1;

  /** Begins an edit. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns whether it changes nothing. */
  public boolean isEmpty() {
    return changes.isEmpty();
  }

  /** Collects changes. Not safe for use by several threads. */
  public static final class Builder {
    private final List<CatalogChange> changes = new ArrayList<>();

    private Builder() {}

    public Builder add(SegmentEntry segment) {
      changes.add(new CatalogChange.Added(segment));
      return this;
    }

    public Builder addAll(Collection<SegmentEntry> segments) {
      segments.forEach(this::add);
      return this;
    }

    /**
     * Takes a segment out; its object is deleted by a later {@link #sweep}.
     *
     * @param delay how long it may still be read
     */
    public Builder remove(SegmentEntry segment, Instant now, Duration delay) {
      Garbage garbage = new Garbage(segment.key(), segment.bytes(), now, delay);
      changes.add(new CatalogChange.Removed(segment.number(), garbage));
      return this;
    }

    /** Puts an object on the list of garbage. */
    Builder garbage(Garbage garbage) {
      changes.add(new CatalogChange.Removed(NO_SEGMENT, garbage));
      return this;
    }

    /** Takes an object off the list of garbage once it is deleted. */
    public Builder sweep(Garbage garbage) {
      changes.add(new CatalogChange.Swept(garbage.key()));
      return this;
    }

    public Builder seal(LogId log, HeadId head) {
      changes.add(new CatalogChange.Sealed(log, head));
      return this;
    }

    public Builder forget(LogId log, HeadId head) {
      changes.add(new CatalogChange.Forgotten(log, head));
      return this;
    }

    public Builder put(DeleteRequest request) {
      changes.add(new CatalogChange.RequestPut(request));
      return this;
    }

    public Builder drop(DeleteRequest request) {
      changes.add(new CatalogChange.RequestDropped(request.tenant(), request.id()));
      return this;
    }

    public CatalogEdit build() {
      return new CatalogEdit(changes);
    }
  }
}
