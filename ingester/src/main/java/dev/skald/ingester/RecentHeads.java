package dev.skald.ingester;

import java.util.List;

/** The entries that are not sealed yet. Safe for use by any thread. */
public interface RecentHeads {

  /** Those of a process that takes no pushes. */
  RecentHeads NONE =
      new RecentHeads() {
        @Override
        public boolean replayed() {
          return true;
        }

        @Override
        public List<HeadEntries> heads(String tenant) {
          return List.of();
        }
      };

  /** Returns whether everything in the log of the last run is in heads or sealed. */
  boolean replayed();

  /** Returns what a tenant has in heads that are not dropped yet, sealed or not. */
  List<HeadEntries> heads(String tenant);
}
