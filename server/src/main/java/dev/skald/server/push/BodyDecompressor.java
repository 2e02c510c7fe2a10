package dev.skald.server.push;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import net.jpountz.lz4.LZ4FrameInputStream;
import org.xerial.snappy.Snappy;

/**
 * Undoes the compression of a request body, never past a limit, so that a small body cannot claim a
 * large memory (http-api.md §4.1).
 *
 * @param maxBytes largest body once decompressed
 */
record BodyDecompressor(int maxBytes) {

  /** Removes gzip. */
  byte[] gzip(byte[] body) throws DecodeException {
    return inflate(() -> new GZIPInputStream(new ByteArrayInputStream(body), 1 << 16), body.length);
  }

  /** Removes DEFLATE without a zlib header. */
  byte[] deflate(byte[] body) throws DecodeException {
    Inflater inflater = new Inflater(true);
    try {
      return inflate(
          () -> new InflaterInputStream(new ByteArrayInputStream(body), inflater, 1 << 16),
          body.length);
    } finally {
      inflater.end();
    }
  }

  /** Removes zstd. */
  byte[] zstd(byte[] body) throws DecodeException {
    return inflate(() -> new ZstdInputStream(new ByteArrayInputStream(body)), body.length);
  }

  /** Removes lz4 in its frame format. */
  byte[] lz4(byte[] body) throws DecodeException {
    return inflate(() -> new LZ4FrameInputStream(new ByteArrayInputStream(body)), body.length);
  }

  /** Removes snappy in its block format. */
  byte[] snappy(byte[] body) throws DecodeException {
    try {
      int length = Snappy.uncompressedLength(body);
      if (length < 0 || length > maxBytes) {
        throw tooLarge(Integer.toUnsignedLong(length));
      }
      byte[] out = new byte[length];
      int written = Snappy.uncompress(body, 0, body.length, out, 0);
      if (written != length) {
        throw new DecodeException("snappy: corrupt input");
      }
      return out;
    } catch (IOException e) {
      throw new DecodeException("snappy: corrupt input");
    }
  }

  private interface Opener {
    InputStream open() throws IOException;
  }

  private byte[] inflate(Opener opener, int compressed) throws DecodeException {
    try (InputStream in = opener.open()) {
      byte[] out = new byte[Math.clamp((long) compressed * 4, 1024, maxBytes)];
      int length = 0;
      int read;
      while ((read = in.read(out, length, out.length - length)) >= 0) {
        length += read;
        if (length == out.length) {
          if (length == maxBytes) {
            throw tooLarge((long) maxBytes + 1);
          }
          out = Arrays.copyOf(out, (int) Math.min(maxBytes, length * 2L));
        }
      }
      return Arrays.copyOf(out, length);
    } catch (EOFException e) {
      throw new DecodeException("unexpected EOF");
    } catch (IOException e) {
      throw new DecodeException("cannot decompress the body: " + e.getMessage());
    }
  }

  private DecodeException tooLarge(long length) {
    return new DecodeException(
        "decompressed message size too large than max (" + length + " vs " + maxBytes + ")");
  }
}
