package dev.skald.storage.catalog;

import dev.skald.storage.catalog.EditCodec.Signed;
import dev.skald.storage.catalog.EditCodec.Writer;
import dev.skald.storage.object.CorruptDataException;
import dev.skald.storage.object.ObjectStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Makes numbered edits and finds out who has made a number. What was tried for the next number and
 * has failed may still come to be there, so it is remembered until the number is decided. Guarded
 * by its owner.
 */
final class EditLog {
  private final ObjectStore store;
  private final CatalogLoader loader;
  private final Writer writer;

  /** What was tried for the next number. */
  private final List<Attempt> doubtful = new ArrayList<>();

  /** The number whose object was bad when it was last read, -1 for none. */
  private long unreadable = -1;

  private record Attempt(CatalogEdit edit, byte[] bytes) {}

  /** What stands at a number. */
  sealed interface Outcome {
    /** An edit of this writer. */
    record Made(CatalogEdit edit, int bytes) implements Outcome {}

    /** Another writer has taken over; its edit, if it could be read. */
    record Overtaken(Optional<Signed> by) implements Outcome {}

    /** Bytes that nobody can make sense of, so that the next number is the one to try. */
    record Unreadable(CorruptDataException why) implements Outcome {}
  }

  EditLog(ObjectStore store, CatalogLoader loader, Writer writer) {
    this.store = store;
    this.loader = loader;
    this.writer = writer;
  }

  /**
   * Tries to make an edit.
   *
   * @return what stands at the number now, which may be an edit that was tried before
   * @throws IOException if that is unknown
   */
  Outcome append(long number, CatalogEdit edit, Instant now) throws IOException {
    Attempt attempt = attempt(number, edit, now);
    try {
      store.putIfAbsent(CatalogKeys.edit(number), List.of(ByteBuffer.wrap(attempt.bytes)));
    } catch (FileAlreadyExistsException taken) {
      return standing(number);
    }
    return own(number, attempt);
  }

  /** Returns whether something that was tried for the next number may still come to be there. */
  boolean isInDoubt() {
    return !doubtful.isEmpty();
  }

  /** Returns what stands at a number that something was tried for, if anything does. */
  Optional<Outcome> settle(long number) throws IOException {
    if (doubtful.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(standing(number));
    } catch (NoSuchFileException nothing) {
      return Optional.empty();
    }
  }

  /** The bytes of an edit that is tried again are the same, so that they are known as its own. */
  private Attempt attempt(long number, CatalogEdit edit, Instant now) throws IOException {
    for (Attempt tried : doubtful) {
      if (tried.edit.equals(edit)) {
        return tried;
      }
    }
    byte[] payload = EditCodec.encode(new Signed(writer, now, edit));
    Attempt attempt = new Attempt(edit, CatalogObject.EDIT.wrap(number, payload));
    doubtful.add(attempt);
    return attempt;
  }

  private Outcome standing(long number) throws IOException {
    String key = CatalogKeys.edit(number);
    try {
      byte[] bytes = CatalogObject.EDIT.fetch(store, key);
      for (Attempt attempt : doubtful) {
        if (Arrays.equals(attempt.bytes, bytes)) {
          return own(number, attempt);
        }
      }
      Signed other = CatalogObject.EDIT.unwrap(key, number, bytes, EditCodec::decode);
      doubtful.clear();
      return new Outcome.Overtaken(Optional.of(other));
    } catch (CorruptDataException bad) {
      return unreadable(number, bad);
    }
  }

  /** Only what is bad twice is given up: the first time it may have been the way here. */
  private Outcome unreadable(long number, CorruptDataException bad) throws CorruptDataException {
    if (unreadable != number) {
      unreadable = number;
      throw bad;
    }
    doubtful.clear();
    return new Outcome.Unreadable(bad);
  }

  /**
   * A writer that has slept long may find its next number free because another has made it, and
   * deleted it after a checkpoint: then there are greater numbers.
   */
  private Outcome own(long number, Attempt attempt) throws IOException {
    CatalogKeys keys = loader.keys();
    doubtful.clear();
    if (keys.greatest() <= number) {
      return new Outcome.Made(attempt.edit, attempt.bytes.length);
    }
    return new Outcome.Overtaken(newest(keys));
  }

  private Optional<Signed> newest(CatalogKeys keys) {
    try {
      return Optional.of(loader.edit(keys.edits().last()));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }
}
