package dev.skald.storage.object;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/**
 * Objects as files below a directory; a key is the path. A file is written under another name,
 * synced, renamed, and its directory synced, so that a crash leaves no half of one.
 */
public final class FilesystemStore implements ObjectStore {
  /** Files that end so are unfinished; {@link #list} does not show them. */
  private static final String UNFINISHED = ".tmp";

  private final Path root;

  /**
   * @param root made if it is not there
   */
  public FilesystemStore(Path root) throws IOException {
    this.root = root.toAbsolutePath().normalize();
    Directories.createDurably(this.root);
  }

  @Override
  public void removeUnfinished() throws IOException {
    for (Path file : files(root)) {
      if (file.toString().endsWith(UNFINISHED)) {
        Files.deleteIfExists(file);
      }
    }
  }

  @Override
  public byte[] get(String key, long offset, int length) throws IOException {
    try (FileChannel channel = FileChannel.open(path(key), StandardOpenOption.READ)) {
      // No length asks for more memory than there are bytes.
      if (length > channel.size() - offset) {
        throw endsEarly(key, channel.size(), offset, length);
      }
      ByteBuffer buffer = ByteBuffer.allocate(length);
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, offset + buffer.position()) < 0) {
          throw endsEarly(key, channel.size(), offset, length);
        }
      }
      return buffer.array();
    }
  }

  private static EOFException endsEarly(String key, long size, long offset, int length) {
    return new EOFException(
        key + " ends at byte " + size + ", wanted " + length + " from " + offset);
  }

  @Override
  public void put(String key, List<ByteBuffer> chunks) throws IOException {
    Path target = path(key);
    Path unfinished = writeUnfinished(target, chunks);
    try {
      move(unfinished, target);
    } finally {
      Files.deleteIfExists(unfinished);
    }
    Directories.sync(target.getParent());
  }

  @Override
  public void putIfAbsent(String key, List<ByteBuffer> chunks) throws IOException {
    Path target = path(key);
    Path unfinished = writeUnfinished(target, chunks);
    try {
      // Unlike a rename, a link fails where the name is taken.
      Files.createLink(target, unfinished);
    } finally {
      Files.deleteIfExists(unfinished);
    }
    Directories.sync(target.getParent());
  }

  @Override
  public List<String> list(String prefix) throws IOException {
    // The walk starts at the deepest directory that the prefix names whole.
    int slash = prefix.lastIndexOf('/');
    Path from = slash <= 0 ? root : path(prefix.substring(0, slash));
    List<String> keys = new ArrayList<>();
    for (Path file : files(from)) {
      String key = root.relativize(file).toString().replace('\\', '/');
      if (key.startsWith(prefix) && !key.endsWith(UNFINISHED)) {
        keys.add(key);
      }
    }
    Collections.sort(keys);
    return keys;
  }

  @Override
  public void delete(String key) throws IOException {
    Path file = path(key);
    if (Files.deleteIfExists(file)) {
      Directories.sync(file.getParent());
    }
  }

  @Override
  public long size(String key) throws IOException {
    return Files.size(path(key));
  }

  private Path writeUnfinished(Path target, List<ByteBuffer> chunks) throws IOException {
    Directories.createDurably(target.getParent());
    Path unfinished = target.resolveSibling(UUID.randomUUID() + UNFINISHED);
    try (FileChannel channel =
        FileChannel.open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer[] views = chunks.stream().map(ByteBuffer::duplicate).toArray(ByteBuffer[]::new);
      writeAll(channel, views);
      channel.force(true);
      return unfinished;
    } catch (IOException | RuntimeException failure) {
      Files.deleteIfExists(unfinished);
      throw failure;
    }
  }

  private static void writeAll(FileChannel channel, ByteBuffer[] views) throws IOException {
    int next = 0;
    while (next < views.length) {
      if (views[next].hasRemaining()) {
        channel.write(views, next, views.length - next);
      } else {
        next++;
      }
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException failure) {
      throw new IOException(
          "the file system of " + to + " cannot rename a file atomically", failure);
    }
  }

  private Path path(String key) {
    if (key.endsWith(UNFINISHED)) {
      throw new IllegalArgumentException("key \"" + key + "\" ends with " + UNFINISHED);
    }
    ObjectKeys.check(key);
    return root.resolve(key);
  }

  private static List<Path> files(Path from) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            found.add(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            // A file that another thread has just renamed or removed is not there: no error.
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }
        });
    return found;
  }
}
