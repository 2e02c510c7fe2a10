package dev.skald.storage.compact;

import dev.skald.storage.catalog.SegmentEntry;
import java.util.List;

/**
 * Segments of one tenant and UTC day that are to become one.
 *
 * @param level of the segment that they become
 * @param inputs one or more, in order of arrival
 */
public record Merge(int level, List<SegmentEntry> inputs) {
  public Merge {
    inputs = List.copyOf(inputs);
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException("a merge of no segments");
    }
  }

  /** The segments of a tenant that are merged with each other. */
  record Group(String tenant, long day) {
    static Group of(SegmentEntry entry) {
      return new Group(entry.tenant(), entry.day());
    }
  }

  public String tenant() {
    return inputs.getFirst().tenant();
  }

  Group group() {
    return Group.of(inputs.getFirst());
  }

  /** Returns the length of all inputs. */
  public long bytes() {
    return inputs.stream().mapToLong(SegmentEntry::bytes).sum();
  }

  @Override
  public String toString() {
    return inputs.size()
        + " segments of "
        + group().tenant()
        + ", day "
        + group().day()
        + ", "
        + bytes()
        + " bytes, to level "
        + level;
  }
}
