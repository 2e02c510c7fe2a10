package dev.skald.storage.catalog;

import dev.skald.storage.catalog.EditCodec.Signed;
import dev.skald.storage.catalog.EditCodec.Writer;
import dev.skald.storage.catalog.EditLog.Outcome;
import dev.skald.storage.object.CorruptDataException;
import dev.skald.storage.object.CorruptionListener;
import dev.skald.storage.object.ObjectStore;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which segments exist and which heads they replace, in an object store, for the one process that
 * writes there. Each edit is an object whose name is the next number; whoever makes it first has
 * made it. The layout is drawn in {@code storage/docs/format/catalog.md}. Safe for use by any
 * thread; a reader of {@link #snapshot} waits for nobody.
 */
public final class Catalog implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Catalog.class);

  /** So often others may take over while this process tries to. */
  private static final int ATTEMPTS = 100;

  private final Writer writer;
  private final InstantSource clock;
  private final CatalogLoader loader;
  private final EditLog edits;
  private final Checkpoints checkpoints;
  private final CorruptCopies corruptCopies;
  private final Removals removals = new Removals();
  private final SegmentNumbers numbers = new SegmentNumbers();
  private CatalogState state;
  private boolean closed;

  private volatile FencedException fenced;
  private volatile CatalogSnapshot snapshot;

  private Catalog(
      ObjectStore store,
      LogId own,
      InstantSource clock,
      CatalogLoader loader,
      CatalogLoader.Loaded loaded) {
    this.writer = new Writer(own, ThreadLocalRandom.current().nextLong());
    this.clock = clock;
    this.loader = loader;
    this.edits = new EditLog(store, loader, writer);
    this.corruptCopies = new CorruptCopies(store);
    this.state = loaded.state();
    this.checkpoints =
        new Checkpoints(store, loader, loaded.checkpoint(), loaded.editsSinceCheckpoint());
    this.snapshot = state.snapshot();
  }

  /**
   * Opens the catalog of a store, an empty one if there is none, and takes over from the writer
   * before. A store that can be read but not written is opened as well: the first edit then takes
   * over.
   *
   * @param own the log whose heads are sealed here
   * @param corruption hears of what is bad; it is left out
   */
  public static Catalog open(
      ObjectStore store, LogId own, InstantSource clock, CorruptionListener corruption)
      throws IOException {
    CatalogLoader loader = new CatalogLoader(store, corruption);
    CatalogLoader.Loaded loaded = loader.loadWhole();
    Catalog catalog = new Catalog(store, own, clock, loader, loaded);
    catalog.begin(loaded);
    return catalog;
  }

  private synchronized void begin(CatalogLoader.Loaded loaded) {
    try {
      takeOver();
    } catch (IOException failure) {
      log.warn("cannot write to the catalog, nothing can be sealed", failure);
      return;
    }
    if (!loaded.corrupt().isEmpty()) {
      corruptCopies.keep(loaded.corrupt());
    }
    if (state.damaged() || !loaded.corrupt().isEmpty()) {
      checkpoints.want();
    }
    checkpoint();
  }

  /** Returns the catalog as it is now. */
  public CatalogSnapshot snapshot() {
    return snapshot;
  }

  /** Returns the log whose heads are sealed here. */
  public LogId log() {
    return writer.log();
  }

  /** Returns the least number that no sealed head of {@link #log} has ever had. */
  public synchronized long nextHeadNumber() {
    return state.nextHead(writer.log());
  }

  /**
   * Returns a segment number that no other process uses, and this one only once.
   *
   * @throws IOException if this process is not the writer
   */
  public synchronized long nextSegmentNumber() throws IOException {
    if (numbers.isUsedUp()) {
      takeOver();
    }
    return numbers.next();
  }

  /**
   * Returns the first segment number of this writer, or -1 if it has not taken over. Objects with
   * lesser numbers are of earlier writers, which make no more edits.
   */
  public synchronized long firstSegmentNumber() {
    return numbers.first();
  }

  /**
   * Returns whether edits were lost to bad bytes, now or earlier, so that unknown objects count.
   */
  public synchronized boolean damaged() {
    return state.damaged();
  }

  /** Returns why this process writes no more, or null while it does. */
  public FencedException fenced() {
    return fenced;
  }

  /**
   * Makes an edit: durable and in the next snapshot. When this throws it is not in the snapshot,
   * but may turn out to have been made: {@link #settle} tells.
   *
   * @throws FencedException if another writer has taken over
   * @throws IOException if it cannot be written, or no longer fits what the catalog holds
   */
  public synchronized void commit(CatalogEdit edit) throws IOException {
    if (edit.isEmpty() || edit.equals(settled())) {
      return;
    }
    if (numbers.isNew()) {
      takeOver();
    }
    CatalogEdit made;
    do {
      EditCheck.check(edit, snapshot);
      made = accept(edits.append(state.number() + 1, edit, clock.instant()));
    } while (!edit.equals(made));
    checkpoint();
  }

  /**
   * Finds out what has become of an edit that has failed; if it was made, it is in the snapshot
   * afterwards.
   *
   * @throws FencedException if another writer has taken over
   * @throws IOException if that cannot be found out now
   */
  public synchronized void settle() throws IOException {
    settled();
  }

  /**
   * Returns whether an edit that has failed may still be made, so that what it adds must stay.
   * {@link #settle} cannot end that before another edit has the number.
   */
  public synchronized boolean isInDoubt() {
    return edits.isInDoubt();
  }

  /**
   * Returns whether the object of a removed segment may be deleted. An edit whose answer was lost
   * may turn out to be made long after it was planned: queries read its segments up to then.
   */
  public boolean isDue(Garbage garbage, Instant now) {
    return garbage.due(now) && removals.isDue(garbage, now);
  }

  /** Returns the edit that turned out to be made, or null. */
  private CatalogEdit settled() throws IOException {
    if (closed) {
      throw new IOException("the catalog is closed");
    }
    if (fenced != null) {
      throw new FencedException(fenced.getMessage());
    }
    Optional<Outcome> outcome = edits.settle(state.number() + 1);
    return outcome.isPresent() ? accept(outcome.get()) : null;
  }

  /** Returns the edit that was made, which is in the snapshot then, or null if none was. */
  private CatalogEdit accept(Outcome outcome) throws FencedException {
    switch (outcome) {
      case Outcome.Made made -> {
        state.apply(state.number() + 1, made.edit());
        removals.note(made.edit(), clock.instant());
        checkpoints.edited(made.bytes());
        snapshot = state.snapshot();
        return made.edit();
      }
      case Outcome.Overtaken overtaken -> {
        fenced = fence(overtaken);
        throw fenced;
      }
      case Outcome.Unreadable unreadable -> {
        leaveOut(unreadable.why());
        return null;
      }
    }
  }

  /**
   * Goes on after an edit that nobody can read, as every process does that reads the catalog. If it
   * was this one's it counts as not made; if another has taken over by it, the next number tells.
   */
  private void leaveOut(CorruptDataException bad) {
    loader.report(bad);
    long number = state.number() + 1;
    log.error("edit {} of the catalog is left out, as its bytes are bad", number);
    corruptCopies.keep(List.of(CatalogKeys.edit(number)));
    state.damage();
    state.skipTo(number);
    checkpoints.want();
  }

  private FencedException fence(Outcome.Overtaken overtaken) {
    if (overtaken.by().isEmpty()) {
      return new FencedException(
          "another Skald took over the store; this one (writer "
              + log()
              + ") writes no more to it");
    }
    Signed other = overtaken.by().get();
    return FencedException.by(other.writer().log(), other.made(), log());
  }

  /** Becomes the writer, or as such gets another block of segment numbers. */
  private void takeOver() throws IOException {
    boolean first = numbers.isNew();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      List<CatalogChange> changes = new ArrayList<>(List.of(new CatalogChange.TakenOver(log())));
      if (state.damaged()) {
        changes.add(new CatalogChange.Damaged());
      }
      CatalogEdit edit = new CatalogEdit(changes);
      Outcome outcome = edits.append(state.number() + 1, edit, clock.instant());
      if (first && outcome instanceof Outcome.Overtaken) {
        state = loader.loadWhole().state();
      } else if (edit.equals(accept(outcome))) {
        numbers.take(state.blocksEnd());
        return;
      }
    }
    throw new IOException(
        "other writers took over the store each of " + ATTEMPTS + " times this one tried to");
  }

  private void checkpoint() {
    if (checkpoints.due()) {
      checkpoints.write(state);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
  }
}
