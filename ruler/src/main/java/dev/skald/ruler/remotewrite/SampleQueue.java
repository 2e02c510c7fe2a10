package dev.skald.ruler.remotewrite;

import dev.skald.ruler.evaluate.RecordedSample;
import dev.skald.ruler.remotewrite.RemoteWriteListener.Reason;
import dev.skald.storage.object.CorruptDataException;
import dev.skald.storage.object.ObjectStore;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xerial.snappy.Snappy;

/**
 * The samples of one tenant for one receiver, the oldest first: just recorded ones in memory, the
 * others as objects. Samples that cannot be saved wait in memory. Any thread may add; all else is
 * for one thread at a time, except that {@link #trim} may run beside {@link #next}.
 */
final class SampleQueue {
  private static final Logger LOG = LoggerFactory.getLogger(SampleQueue.class);
  private static final String SUFFIX = ".samples";

  /**
   * How much may wait.
   *
   * @param samples saved or not
   * @param inMemory samples that could not be saved
   * @param perRequest samples of an object
   */
  record Limits(long samples, int inMemory, int perRequest, Duration age) {}

  /** Told of samples that leave without being sent. */
  @FunctionalInterface
  interface Dropped {
    void dropped(long samples, Reason reason);
  }

  /**
   * What is to be sent together.
   *
   * @param request compressed
   */
  record Batch(List<Part> parts, int samples, byte[] request) {}

  private final ObjectStore store;
  private final String prefix;
  private final Dropped dropped;
  private final List<RecordedSample> recorded = new ArrayList<>();
  private final Deque<Part> parts = new ArrayDeque<>();
  private volatile Limits limits;
  private long nextNumber;

  private SampleQueue(ObjectStore store, String prefix, Limits limits, Dropped dropped) {
    this.store = store;
    this.prefix = prefix;
    this.limits = limits;
    this.dropped = dropped;
  }

  /**
   * Opens what an earlier process has left.
   *
   * @param prefix of the keys, ending with a slash
   * @throws IOException if the objects cannot be listed
   */
  static SampleQueue open(ObjectStore store, String prefix, Limits limits, Dropped dropped)
      throws IOException {
    SampleQueue queue = new SampleQueue(store, prefix, limits, dropped);
    for (String key : store.list(prefix)) {
      queue.take(key);
    }
    return queue;
  }

  private void take(String key) throws IOException {
    String name = key.substring(prefix.length());
    if (!name.matches("[0-9]{12}\\.samples")) {
      LOG.warn("{} is not an object of a queue of samples, it is left alone", key);
      return;
    }
    nextNumber = Math.max(nextNumber, Long.parseLong(name.substring(0, 12)) + 1);
    try {
      long size = store.size(key);
      byte[] first = store.get(key, 0, (int) Math.min(size, SampleObject.HEAD));
      SampleObject.Head head = SampleObject.head(key, first, size);
      parts.add(new Part(key, head.samples(), head.savedAt(), (int) size));
    } catch (CorruptDataException e) {
      leaveOut(key, 1, e);
    }
  }

  /** Other limits count from now on. */
  void limit(Limits other) {
    limits = other;
  }

  /** Takes samples that were just recorded. */
  void add(List<RecordedSample> samples) {
    int left;
    synchronized (recorded) {
      recorded.addAll(samples);
      left = (int) Math.max(0, recorded.size() - limits.samples());
      recorded.subList(0, left).clear();
    }
    if (left > 0) {
      dropped.dropped(left, Reason.FULL);
    }
  }

  /** Saves what was recorded and what could not be saved before. */
  void save(Instant now) {
    List<RecordedSample> samples = takeRecorded();
    int most = limits.perRequest();
    for (int from = 0; from < samples.size(); from += most) {
      append(samples.subList(from, Math.min(samples.size(), from + most)), now);
    }
    saveUnsaved();
  }

  private List<RecordedSample> takeRecorded() {
    synchronized (recorded) {
      List<RecordedSample> samples = List.copyOf(recorded);
      recorded.clear();
      return samples;
    }
  }

  private void append(List<RecordedSample> samples, Instant now) {
    byte[] request = compressed(WriteRequest.encode(samples));
    byte[] bytes = new SampleObject(samples.size(), now, request).encode();
    String key = prefix + "%012d".formatted(nextNumber++) + SUFFIX;
    synchronized (parts) {
      parts.add(new Part(key, samples.size(), now, bytes));
    }
  }

  private void saveUnsaved() {
    for (Part part : snapshot()) {
      byte[] unsaved = part.unsaved();
      if (unsaved == null) {
        continue;
      }
      try {
        store.put(part.key(), List.of(ByteBuffer.wrap(unsaved)));
        part.saved();
        forgetIfGone(part);
      } catch (IOException e) {
        LOG.warn("cannot save samples as {}, they wait in memory: {}", part.key(), e.toString());
        return;
      }
    }
  }

  /** It may have been sent, or dropped, while it was written. */
  private void forgetIfGone(Part part) {
    boolean there;
    synchronized (parts) {
      there = parts.contains(part);
    }
    if (!there) {
      delete(part);
    }
  }

  private List<Part> snapshot() {
    synchronized (parts) {
      return List.copyOf(parts);
    }
  }

  /** Drops the oldest where too much waits, and what has waited for too long. */
  void trim(Instant now) {
    Limits most = limits;
    Instant oldest = now.minus(most.age());
    long waiting = samples();
    long unsaved = unsavedSamples();
    for (Part part : snapshot()) {
      boolean old = part.savedAt().isBefore(oldest);
      boolean full =
          waiting > most.samples() || part.unsaved() != null && unsaved > most.inMemory();
      if (old || full) {
        waiting -= part.samples();
        unsaved -= part.unsaved() == null ? 0 : part.samples();
        if (remove(part)) {
          dropped.dropped(part.samples(), full ? Reason.FULL : Reason.OLD);
        }
      }
    }
  }

  /**
   * Returns what is to be sent next: all that fits into a request.
   *
   * @param force whether to send less than what fills a request
   * @param before what was saved before then is sent in any case
   * @throws IOException if the samples cannot be read now
   */
  Optional<Batch> next(boolean force, Instant before) throws IOException {
    List<Part> chosen = new ArrayList<>();
    int samples = 0;
    boolean full = false;
    for (Part part : snapshot()) {
      full = !chosen.isEmpty() && samples + part.samples() > limits.perRequest();
      if (full) {
        break;
      }
      chosen.add(part);
      samples += part.samples();
    }
    full |= samples >= limits.perRequest();
    boolean due = !chosen.isEmpty() && !chosen.getFirst().savedAt().isAfter(before);
    return chosen.isEmpty() || !(force || full || due) ? Optional.empty() : batch(chosen);
  }

  private Optional<Batch> batch(List<Part> chosen) throws IOException {
    List<Part> sound = new ArrayList<>();
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    int samples = 0;
    for (Part part : chosen) {
      byte[] own = read(part);
      if (own.length > 0) {
        request.write(own);
        sound.add(part);
        samples += part.samples();
      }
    }
    return Optional.of(new Batch(sound, samples, compressed(request.toByteArray())));
  }

  /** Returns nothing where the object is not what was written; it has left the queue then. */
  private byte[] read(Part part) throws IOException {
    byte[] unsaved = part.unsaved();
    try {
      byte[] bytes = unsaved == null ? store.get(part.key(), 0, part.bytes()) : unsaved;
      return SampleObject.decode(part.key(), bytes).uncompressed(part.key());
    } catch (CorruptDataException | EOFException | NoSuchFileException e) {
      synchronized (parts) {
        parts.remove(part);
      }
      leaveOut(part.key(), part.samples(), e);
      return new byte[0];
    }
  }

  private void leaveOut(String key, int samples, IOException why) {
    LOG.error("samples are lost: {}", why.getMessage());
    dropped.dropped(samples, Reason.CORRUPT);
    try {
      store.delete(key);
    } catch (IOException e) {
      LOG.warn("cannot delete {}: {}", key, e.toString());
    }
  }

  /** Forgets what was sent, or is not wanted. */
  void done(Batch batch) {
    batch.parts().forEach(this::remove);
  }

  private boolean remove(Part part) {
    boolean there;
    synchronized (parts) {
      there = parts.remove(part);
    }
    delete(part);
    return there;
  }

  private void delete(Part part) {
    try {
      store.delete(part.key());
    } catch (IOException e) {
      LOG.warn("cannot delete {}, it may be sent again: {}", part.key(), e.toString());
    }
  }

  boolean isEmpty() {
    synchronized (recorded) {
      if (!recorded.isEmpty()) {
        return false;
      }
    }
    synchronized (parts) {
      return parts.isEmpty();
    }
  }

  /** How many samples wait, without those that were just recorded. */
  long samples() {
    return snapshot().stream().mapToLong(Part::samples).sum();
  }

  long bytes() {
    return snapshot().stream().mapToLong(Part::bytes).sum();
  }

  private long unsavedSamples() {
    return snapshot().stream()
        .filter(part -> part.unsaved() != null)
        .mapToLong(Part::samples)
        .sum();
  }

  private static byte[] compressed(byte[] request) {
    try {
      return Snappy.compress(request);
    } catch (IOException e) {
      throw new AssertionError("snappy takes any bytes", e);
    }
  }
}
