package dev.skald.storage.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps a segment in a file of its own until it is closed; then the file is deleted. The content
 * that it gave out stays readable. Not safe for use by several threads.
 */
final class FileOutput implements SegmentOutput, AutoCloseable {
  private static final int BUFFER = 1 << 16;
  private static final long LARGEST_MAPPING = 1L << 30;

  private final Path file;
  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private long position;

  /**
   * @throws java.nio.file.FileAlreadyExistsException if there is such a file
   */
  FileOutput(Path file) throws IOException {
    this.file = file;
    this.channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  @Override
  public BlockInfo.PageRef add(byte[] bytes) throws IOException {
    if (bytes.length > buffer.remaining()) {
      flush();
    }
    if (bytes.length > buffer.remaining()) {
      writeAll(ByteBuffer.wrap(bytes));
    } else {
      buffer.put(bytes);
    }
    position += bytes.length;
    return new BlockInfo.PageRef(position - bytes.length, bytes.length);
  }

  private void flush() throws IOException {
    buffer.flip();
    writeAll(buffer);
    buffer.clear();
  }

  private void writeAll(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public List<ByteBuffer> content() throws IOException {
    flush();
    List<ByteBuffer> mapped = new ArrayList<>();
    for (long from = 0; from < position; from += LARGEST_MAPPING) {
      long length = Math.min(LARGEST_MAPPING, position - from);
      mapped.add(channel.map(FileChannel.MapMode.READ_ONLY, from, length));
    }
    return mapped;
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
