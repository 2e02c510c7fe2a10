package dev.skald.storage.wal;

import dev.skald.storage.catalog.DirectoryLock;
import dev.skald.storage.catalog.LogId;
import dev.skald.storage.object.Directories;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The log's files in a directory: {@code 0000000017.wal}, beside it {@code .wal.corrupt}, and the
 * log's id in {@code wal.id}. One process at a time holds the directory.
 */
public final class WalDirectory implements WalStore, AutoCloseable {
  private static final Pattern NAME = Pattern.compile("(\\d{10,18})\\.wal(\\.corrupt)?");
  private static final String LOCK = "wal.lock";

  private final Path directory;
  private final DirectoryLock lock;
  private final LogId id;

  private WalDirectory(Path directory, DirectoryLock lock, LogId id) {
    this.directory = directory;
    this.lock = lock;
    this.id = id;
  }

  /** Returns whether there is a log in a directory. */
  public static boolean exists(Path directory) {
    return Files.isDirectory(directory);
  }

  /**
   * Opens a directory, which is made if it is not there.
   *
   * @throws IOException if it cannot be made, or another process holds it
   */
  public static WalDirectory open(Path directory) throws IOException {
    Directories.createDurably(directory);
    DirectoryLock lock = DirectoryLock.take(directory, LOCK);
    try {
      return new WalDirectory(directory, lock, LogIdFile.readOrMake(directory));
    } catch (IOException | RuntimeException failure) {
      lock.close();
      throw failure;
    }
  }

  @Override
  public LogId id() {
    return id;
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }

  @Override
  public List<Long> numbers() throws IOException {
    return numbers(false);
  }

  @Override
  public long nextNumber() throws IOException {
    List<Long> all = numbers(true);
    return all.isEmpty() ? 0 : all.getLast() + 1;
  }

  private List<Long> numbers(boolean withQuarantined) throws IOException {
    List<Long> numbers = new ArrayList<>();
    try (Stream<Path> paths = Files.list(directory)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        Matcher name = NAME.matcher(path.getFileName().toString());
        if (name.matches() && (withQuarantined || name.group(2) == null)) {
          numbers.add(Long.parseLong(name.group(1)));
        }
      }
    }
    numbers.sort(null);
    return numbers;
  }

  @Override
  public WalStore.File create(long number) throws IOException {
    FileChannel channel =
        FileChannel.open(file(number), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try {
      Directories.sync(directory);
      return new ChannelFile(channel);
    } catch (IOException | RuntimeException failure) {
      channel.close();
      Files.deleteIfExists(file(number));
      throw failure;
    }
  }

  @Override
  public WalStore.File open(long number) throws IOException {
    return new ChannelFile(FileChannel.open(file(number), StandardOpenOption.READ));
  }

  @Override
  public long size(long number) throws IOException {
    return Files.size(file(number));
  }

  @Override
  public void delete(long number) throws IOException {
    Files.deleteIfExists(file(number));
    Directories.sync(directory);
  }

  @Override
  public String path(long number) {
    return file(number).toString();
  }

  @Override
  public String quarantine(long number) throws IOException {
    Path path = directory.resolve(file(number).getFileName() + ".corrupt");
    if (Files.exists(file(number)) || !Files.exists(path)) {
      Files.move(file(number), path);
    }
    Directories.sync(directory);
    return path.toString();
  }

  @Override
  public double usedShare() throws IOException {
    FileStore disk = Files.getFileStore(directory);
    long total = disk.getTotalSpace();
    return total <= 0 ? 0 : 1 - (double) disk.getUsableSpace() / total;
  }

  private Path file(long number) {
    return directory.resolve(String.format("%010d.wal", number));
  }

  private record ChannelFile(FileChannel channel) implements WalStore.File {
    @Override
    public void write(ByteBuffer bytes, long offset) throws IOException {
      long at = offset;
      while (bytes.hasRemaining()) {
        at += channel.write(bytes, at);
      }
    }

    @Override
    public int read(ByteBuffer bytes, long offset) throws IOException {
      return channel.read(bytes, offset);
    }

    @Override
    public void force() throws IOException {
      channel.force(false);
    }

    @Override
    public void truncate(long size) throws IOException {
      channel.truncate(size);
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
