package dev.skald.storage.wal;

import dev.skald.storage.bytes.ByteReader;
import dev.skald.storage.bytes.ByteWriter;
import dev.skald.storage.bytes.Crc32c;
import dev.skald.storage.catalog.LogId;
import dev.skald.storage.object.Directories;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file {@code wal.id} of a log's directory; {@code docs/format/wal.md} draws it. One that is
 * bad is put aside for a new one: then a head that was sealed just before the last crash may be
 * sealed again, as its log file is not known to be over.
 */
final class LogIdFile {
  static final String NAME = "wal.id";
  static final int BYTES = 32;

  private static final Logger log = LoggerFactory.getLogger(LogIdFile.class);
  private static final byte[] MAGIC = "SKALDLID".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;
  private static final int CHECKED = BYTES - 4;

  private LogIdFile() {}

  /** Reads the id of a directory, which gets one if it has none. */
  static LogId readOrMake(Path directory) throws IOException {
    Path file = directory.resolve(NAME);
    if (Files.exists(file)) {
      Optional<LogId> id = decode(Files.readAllBytes(file));
      if (id.isPresent()) {
        return id.get();
      }
      Path aside = directory.resolve(NAME + ".corrupt");
      log.error("{} is damaged; it is kept as {} and the log gets a new id", file, aside);
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
    }
    LogId id = LogId.random();
    write(file, encode(id));
    return id;
  }

  private static void write(Path file, byte[] content) throws IOException {
    Path unfinished = file.resolveSibling(NAME + ".tmp");
    try (FileChannel channel =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    Directories.sync(file.getParent());
  }

  static byte[] encode(LogId id) {
    ByteWriter out = new ByteWriter(BYTES).bytes(MAGIC);
    out.u32(VERSION).u64(id.high()).u64(id.low());
    return out.u32(Crc32c.of(out.array(), 0, CHECKED)).toByteArray();
  }

  /** Returns the id, or nothing if the bytes are not what was written. */
  static Optional<LogId> decode(byte[] bytes) {
    if (bytes.length != BYTES || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      return Optional.empty();
    }
    ByteReader in = new ByteReader(bytes, MAGIC.length, bytes.length - MAGIC.length);
    int version = in.u32();
    LogId id = new LogId(in.u64(), in.u64());
    boolean good = version == VERSION && in.u32() == Crc32c.of(bytes, 0, CHECKED);
    return good ? Optional.of(id) : Optional.empty();
  }
}
