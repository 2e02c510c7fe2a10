package dev.skald.storage.catalog;

import dev.skald.storage.bytes.ByteWriter;
import dev.skald.storage.bytes.Crc32c;
import dev.skald.storage.object.CorruptionListener;
import dev.skald.storage.object.Directories;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which segments exist and which heads they replace, durably. Edits are appended to a file and
 * synced; once it has grown, a new file begins with the whole state. The layout is drawn in {@code
 * storage/docs/format/catalog.md}. Safe for use by any thread.
 */
public final class Catalog implements AutoCloseable {
  static final int FILE_HEAD = 16;

  private static final Logger log = LoggerFactory.getLogger(Catalog.class);

  private static final byte[] MAGIC = "SKALDCAT".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;
  private static final String SUFFIX = ".catalog";
  private static final String UNFINISHED = ".tmp";

  /** A file is replaced once its edits are longer than this and than the state it began with. */
  private static final long ROLL_BYTES = 1 << 20;

  private final Path directory;
  private final CatalogState state;
  private final boolean isNew;
  private long generation;
  private FileChannel file;
  private long length;
  private long stateLength;
  private boolean closed;

  /**
   * Set once a write or sync of the file has failed: what it holds is unknown, and a later sync
   * that works says nothing about it. The next edit begins a new file.
   */
  private boolean abandoned;

  private volatile CatalogSnapshot snapshot;

  private Catalog(Path directory, CatalogState state, long generation) {
    this.directory = directory;
    this.isNew = generation == 0;
    this.state = state;
    this.generation = generation;
    this.snapshot = state.snapshot();
  }

  /**
   * Opens the catalog of a directory, an empty one if there is none. The caller sees to it that no
   * other process does so.
   *
   * @param corruption hears of bad records; they are left out
   */
  public static Catalog open(Path directory, CorruptionListener corruption) throws IOException {
    Directories.createDurably(directory);
    List<Path> files = files(directory);
    CatalogState state = new CatalogRecovery(corruption).recover(files);
    long newest = files.isEmpty() ? 0 : generation(files.getLast());
    Catalog catalog = new Catalog(directory, state, newest);
    catalog.begin();
    return catalog;
  }

  /** A full disk does not keep anybody from reading: the first edit then begins the new file. */
  private void begin() throws IOException {
    try {
      roll();
    } catch (IOException failure) {
      if (isNew) {
        throw failure;
      }
      abandoned = true;
      log.warn("cannot begin a new catalog file in {}, nothing can be sealed", directory, failure);
    }
  }

  private static List<Path> files(Path directory) throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.list(directory)) {
      for (Path file : all.toList()) {
        if (file.toString().endsWith(UNFINISHED)) {
          Files.deleteIfExists(file);
        } else if (generation(file) >= 0) {
          files.add(file);
        }
      }
    }
    files.sort((a, b) -> Long.compare(generation(a), generation(b)));
    return files;
  }

  private static long generation(Path file) {
    String name = file.getFileName().toString();
    if (!name.matches("[0-9]{12}\\" + SUFFIX)) {
      return -1;
    }
    return Long.parseLong(name.substring(0, 12));
  }

  static boolean headIsGood(byte[] bytes) {
    return bytes.length >= FILE_HEAD && Arrays.equals(bytes, 0, FILE_HEAD, head(), 0, FILE_HEAD);
  }

  private static byte[] head() {
    ByteWriter head = new ByteWriter().bytes(MAGIC).u32(VERSION);
    return head.u32(Crc32c.of(head.array(), 0, 12)).toByteArray();
  }

  /** Returns the catalog as it is now. */
  public CatalogSnapshot snapshot() {
    return snapshot;
  }

  /** Returns the least number that no segment has ever had. */
  public synchronized long nextSegmentNumber() {
    return state.nextSegment();
  }

  /** Returns the least number that no sealed head has ever had. */
  public synchronized long nextHeadNumber() {
    return state.nextHead();
  }

  /**
   * Returns whether edits were lost to bad bytes, now or earlier, so that unknown objects count.
   */
  public synchronized boolean damaged() {
    return state.damaged();
  }

  /** Returns whether there was no catalog file at all when this was opened. */
  public boolean isNew() {
    return isNew;
  }

  /** Notes for good that edits were lost. */
  public synchronized void damage() throws IOException {
    state.damage();
    roll();
  }

  /**
   * Makes an edit: durable and in the next snapshot. When this throws it is not in the snapshot,
   * but a crash before the next edit may bring it back.
   *
   * @throws IOException if it cannot be written
   */
  public synchronized void commit(CatalogEdit edit) throws IOException {
    CatalogSnapshot next = state.snapshot().with(edit);
    append(CatalogRecord.edit(edit));
    snapshot = next;
    state.apply(edit, next);
    rollIfLong();
  }

  /** Lets go of sealed heads in the file; snapshots of this process still know them. */
  public synchronized void forget(Collection<HeadId> heads) throws IOException {
    append(CatalogRecord.forget(heads));
    state.forget(heads);
    rollIfLong();
  }

  private void append(byte[] record) throws IOException {
    if (closed) {
      throw new IOException("the catalog in " + directory + " is closed");
    }
    if (abandoned) {
      roll();
    }
    try {
      write(file, ByteBuffer.wrap(record), length);
      file.force(false);
      length += record.length;
    } catch (IOException | RuntimeException | Error failure) {
      abandoned = true;
      cutOff(failure);
      throw failure;
    }
  }

  /** Tries to leave nothing of a failed record behind, for the case that this process ends here. */
  private void cutOff(Throwable failure) {
    try {
      file.truncate(length);
      file.force(true);
    } catch (IOException second) {
      failure.addSuppressed(second);
    }
  }

  private static void write(FileChannel channel, ByteBuffer bytes, long offset) throws IOException {
    long at = offset;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
  }

  private void rollIfLong() {
    if (length - stateLength > Math.max(ROLL_BYTES, stateLength)) {
      try {
        roll();
      } catch (IOException failure) {
        // The files still hold everything; the next edit tries again.
        log.warn("cannot begin a new catalog file in {}", directory, failure);
      }
    }
  }

  /**
   * Begins a new file with the whole state, and removes all but the one before it; that one as well
   * if it may hold an edit that was not made.
   */
  private void roll() throws IOException {
    byte[] first = CatalogRecord.state(state);
    long next = generation + 1;
    Path target = directory.resolve(String.format("%012d", next) + SUFFIX);
    Path unfinished = directory.resolve(target.getFileName() + UNFINISHED);
    FileChannel channel =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    try {
      write(channel, ByteBuffer.wrap(head()), 0);
      write(channel, ByteBuffer.wrap(first), FILE_HEAD);
      channel.force(true);
    } catch (IOException failure) {
      channel.close();
      Files.deleteIfExists(unfinished);
      throw failure;
    }
    publish(unfinished, target, channel);
    FileChannel before = file;
    long oldestKept = abandoned ? next : next - 1;
    file = channel;
    generation = next;
    stateLength = FILE_HEAD + first.length;
    length = stateLength;
    abandoned = false;
    retire(before, oldestKept);
  }

  /** Once the new name may be there, edits in the old file would be lost: it takes no more. */
  private void publish(Path unfinished, Path target, FileChannel channel) throws IOException {
    try {
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
      Directories.sync(directory);
    } catch (IOException failure) {
      abandoned = true;
      channel.close();
      throw failure;
    }
  }

  /** An old file that stays behind does no harm: reading begins at the newest. */
  private void retire(FileChannel before, long oldestKept) {
    try {
      if (before != null) {
        before.close();
      }
      for (Path old : files(directory)) {
        if (generation(old) < oldestKept) {
          Files.deleteIfExists(old);
        }
      }
    } catch (IOException failure) {
      log.warn("cannot remove old catalog files in {}", directory, failure);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    if (file != null) {
      file.close();
    }
  }
}
