package dev.skald.ruler.evaluate;

import dev.skald.ruler.rules.RuleGroup;
import dev.skald.storage.object.CorruptDataException;
import dev.skald.storage.object.ObjectStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Alerts that outlive the process, an object a group. What cannot be read is left out, what cannot
 * be written is tried again when it changes next; both are told and stop nothing. Safe for use by
 * any thread, one at a time for a group.
 */
public final class AlertStates {
  private static final Logger LOG = LoggerFactory.getLogger(AlertStates.class);
  private static final String PREFIX = "alerts/";
  private static final long LARGEST = 64L << 20;

  private final ObjectStore store;
  private final EvaluationListener listener;

  public AlertStates(ObjectStore store, EvaluationListener listener) {
    this.store = store;
    this.listener = listener;
  }

  /** Names may be longer than those of files: their digest tells the group. */
  private static String place(RuleGroup.Key key) {
    String text = key.tenant() + '\0' + key.namespace() + '\0' + key.name();
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return PREFIX + HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns what was saved of a group, if anything can be read. */
  Optional<SavedGroup> load(RuleGroup.Key key) {
    return read(place(key)).filter(saved -> saved.key().equals(key));
  }

  private Optional<SavedGroup> read(String place) {
    try {
      return Optional.of(fetch(place));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (CorruptDataException e) {
      LOG.error("saved alerts are left out: {}", e.getMessage());
      listener.corrupt(e);
    } catch (IOException e) {
      LOG.error("saved alerts in {} cannot be read, they are left out: {}", place, e.toString());
    }
    return Optional.empty();
  }

  private SavedGroup fetch(String place) throws IOException {
    long size = store.size(place);
    if (size > LARGEST) {
      throw new CorruptDataException(place, 0, size + " bytes, wanted at most " + LARGEST);
    }
    return SavedGroupCodec.decode(place, store.get(place, 0, (int) size));
  }

  /** Saves a group; returns whether that worked. */
  boolean save(SavedGroup group) {
    try {
      store.put(place(group.key()), List.of(ByteBuffer.wrap(SavedGroupCodec.encode(group))));
      return true;
    } catch (IOException e) {
      LOG.error("the alerts of group {} cannot be saved: {}", group.key(), e.toString());
      listener.saveFailed(group.key());
      return false;
    }
  }

  void delete(RuleGroup.Key key) {
    try {
      store.delete(place(key));
    } catch (IOException e) {
      LOG.error("the saved alerts of group {} cannot be removed: {}", key, e.toString());
      listener.saveFailed(key);
    }
  }

  /** Removes what was saved before a moment; what cannot be read is left alone. */
  public void sweep(Instant before) {
    try {
      for (String place : store.list(PREFIX)) {
        if (isOlder(place, before)) {
          store.delete(place);
        }
      }
    } catch (IOException e) {
      LOG.warn("old saved alerts cannot be removed: {}", e.toString());
    }
  }

  private boolean isOlder(String place, Instant before) {
    try {
      return fetch(place).savedAt().isBefore(before);
    } catch (IOException e) {
      LOG.debug("saved alerts in {} cannot be read", place, e);
      return false;
    }
  }
}
