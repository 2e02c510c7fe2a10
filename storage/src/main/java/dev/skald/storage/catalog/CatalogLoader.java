package dev.skald.storage.catalog;

import dev.skald.storage.catalog.EditCodec.Signed;
import dev.skald.storage.object.CorruptDataException;
import dev.skald.storage.object.CorruptionListener;
import dev.skald.storage.object.ObjectStore;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Reads the catalog: the newest good checkpoint and the edits after it. What is bad is reported and
 * left out; the rest still counts. The writer may be at work meanwhile.
 */
final class CatalogLoader {
  /** So often the writer may have replaced what was listed before it could be read. */
  private static final int ATTEMPTS = 10;

  private final ObjectStore store;
  private final CorruptionListener corruption;

  CatalogLoader(ObjectStore store, CorruptionListener corruption) {
    this.store = store;
    this.corruption = corruption;
  }

  /**
   * What was read.
   *
   * @param checkpoint number of the one that was used
   * @param corrupt keys of objects whose bytes are bad
   * @param isNew whether there was nothing at all
   */
  record Loaded(CatalogState state, OptionalLong checkpoint, List<String> corrupt, boolean isNew) {
    long editsSinceCheckpoint() {
      return state.number() - checkpoint.orElse(-1);
    }
  }

  /** Something that was listed is gone: the writer has replaced it. */
  private static final class Vanished extends Exception {
    private static final long serialVersionUID = 1;
  }

  Loaded load() throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        return new Reading(keys()).read();
      } catch (Vanished again) {
        // The next listing shows what has replaced it.
      }
    }
    throw new IOException("the catalog has changed each of " + ATTEMPTS + " times it was read");
  }

  /**
   * Reads the catalog as {@link #load} does, and in addition takes segments without any catalog for
   * a catalog that was lost.
   */
  Loaded loadWhole() throws IOException {
    Loaded loaded = load();
    if (!loaded.isNew) {
      return loaded;
    }
    List<String> segments = store.list(SegmentKeys.PREFIX);
    if (segments.isEmpty()) {
      return loaded;
    }
    Loaded again = load();
    if (again.isNew) {
      again.state.damage();
      corruption.corrupt(
          new CorruptDataException(
              SegmentKeys.PREFIX, 0, segments.size() + " segments are there, but no catalog"));
    }
    return again;
  }

  /** Tells of an object that is bad. */
  void report(CorruptDataException bad) {
    corruption.corrupt(bad);
  }

  CatalogKeys keys() throws IOException {
    return CatalogKeys.of(store.list(CatalogKeys.PREFIX));
  }

  /**
   * Makes the edits that have come since; returns how many.
   *
   * @param state changed by each good edit
   */
  int follow(CatalogState state) throws IOException {
    int edits = 0;
    while (true) {
      long next = state.number() + 1;
      try {
        state.apply(next, edit(next).edit());
      } catch (NoSuchFileException end) {
        return edits;
      } catch (CorruptDataException bad) {
        corruption.corrupt(bad);
        state.damage();
        state.skipTo(next);
      }
      edits++;
    }
  }

  /**
   * Reads an edit.
   *
   * @throws NoSuchFileException if it is not made, or deleted
   */
  Signed edit(long number) throws IOException {
    String key = CatalogKeys.edit(number);
    byte[] bytes = CatalogObject.EDIT.fetch(store, key);
    return CatalogObject.EDIT.unwrap(key, number, bytes, EditCodec::decode);
  }

  private CatalogState state(long number) throws IOException {
    String key = CatalogKeys.state(number);
    byte[] bytes = CatalogObject.STATE.fetch(store, key);
    return CatalogObject.STATE.unwrap(key, number, bytes, in -> StateCodec.decode(number, in));
  }

  /** One attempt to read what a listing shows. */
  private final class Reading {
    private final CatalogKeys keys;
    private final List<CorruptDataException> problems = new ArrayList<>();
    private final List<String> corrupt = new ArrayList<>();
    private CatalogState state = new CatalogState();
    private OptionalLong checkpoint = OptionalLong.empty();

    Reading(CatalogKeys keys) {
      this.keys = keys;
    }

    Loaded read() throws IOException, Vanished {
      readCheckpoint();
      for (long number : keys.edits().tailSet(state.number(), false)) {
        if (number != state.number() + 1) {
          missing(state.number() + 1, number);
        }
        readEdit(number);
      }
      state.skipTo(keys.greatest());
      follow(state);
      state.endReplay();
      problems.forEach(corruption::corrupt);
      return new Loaded(state, checkpoint, corrupt, keys.greatest() < 0);
    }

    private void readCheckpoint() throws IOException, Vanished {
      for (long number : keys.states().descendingSet()) {
        try {
          state = state(number);
          checkpoint = OptionalLong.of(number);
          return;
        } catch (NoSuchFileException gone) {
          throw new Vanished();
        } catch (CorruptDataException bad) {
          bad(CatalogKeys.state(number), bad);
        }
      }
      if (!keys.states().isEmpty()) {
        state.damage();
      }
    }

    private void readEdit(long number) throws IOException, Vanished {
      try {
        state.apply(number, edit(number).edit());
      } catch (NoSuchFileException gone) {
        throw new Vanished();
      } catch (CorruptDataException bad) {
        state.damage();
        state.skipTo(number);
        bad(CatalogKeys.edit(number), bad);
      }
    }

    /** A listing that was made while edits were may lack one: only a second one is believed. */
    private void missing(long from, long to) throws IOException, Vanished {
      CatalogKeys again = keys();
      boolean replaced =
          !again.states().isEmpty()
              && again.states().last() >= from
              && !keys.states().contains(again.states().last());
      if (replaced || !again.edits().subSet(from, to).isEmpty()) {
        throw new Vanished();
      }
      state.damage();
      problems.add(
          new CorruptDataException(
              CatalogKeys.edit(from), 0, "edits " + from + " to " + (to - 1) + " are missing"));
    }

    private void bad(String key, CorruptDataException problem) {
      corrupt.add(key);
      problems.add(problem);
    }
  }
}
