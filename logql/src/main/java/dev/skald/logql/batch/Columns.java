package dev.skald.logql.batch;

import java.util.Set;

/**
 * Which columns will be read, so that a source leaves the others compressed.
 *
 * @param lines whether the text of the lines is wanted
 * @param allMetadata whether all structured metadata is wanted, whatever its name
 * @param metadata names of the wanted structured metadata, where not all is
 */
public record Columns(boolean lines, boolean allMetadata, Set<String> metadata) {
  public static final Columns ALL = new Columns(true, true, Set.of());
  public static final Columns LINES_ONLY = new Columns(true, false, Set.of());
  public static final Columns TIMES_ONLY = new Columns(false, false, Set.of());

  public Columns {
    metadata = Set.copyOf(metadata);
  }

  /** Returns the same columns without the lines. */
  public Columns withoutLines() {
    return new Columns(false, allMetadata, metadata);
  }

  public boolean wantsMetadata() {
    return allMetadata || !metadata.isEmpty();
  }

  public boolean wantsMetadata(String name) {
    return allMetadata || metadata.contains(name);
  }
}
