package dev.skald.server.push;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import net.jpountz.lz4.LZ4FrameInputStream;
import org.xerial.snappy.Snappy;

/**
 * Undoes the compression of a request body, never past a limit, so that a small body cannot claim a
 * large memory (http-api.md §4.1).
 *
 * @param maxBytes largest body once decompressed
 */
record BodyDecompressor(int maxBytes) {
  private static final int BUFFER = 1 << 16;
  private static final int GZIP_HEADER = 10;

  /** No part of a snappy block stands for more than 64 bytes, and none that does is shorter. */
  private static final int SNAPPY_LONGEST_PART = 64;

  private static final int SNAPPY_SHORTEST_LONG_PART = 3;

  /** The window of zstd's levels up to 21; the decoder allocates as much. */
  private static final int MAX_ZSTD_WINDOW_LOG = 26;

  /** Removes gzip. */
  byte[] gzip(byte[] body) throws DecodeException {
    if (body.length < GZIP_HEADER) {
      throw new DecodeException(body.length == 0 ? "EOF" : "unexpected EOF");
    }
    if (body[0] != 0x1f || body[1] != (byte) 0x8b || body[2] != 8) {
      throw new DecodeException("gzip: invalid header");
    }
    return inflate(() -> new GZIPInputStream(new ByteArrayInputStream(body), BUFFER), body.length);
  }

  /**
   * Removes DEFLATE, with a zlib header or without: clients send both under this name. What is not
   * DEFLATE is as good as nothing.
   */
  byte[] deflate(byte[] body) throws DecodeException {
    Inflater inflater = new Inflater(!hasZlibHeader(body));
    try (InputStream in =
        new InflaterInputStream(new ByteArrayInputStream(body), inflater, BUFFER)) {
      return read(in, body.length * 4L);
    } catch (ZipException e) {
      throw new DecodeException("EOF");
    } catch (IOException e) {
      throw new DecodeException("unexpected EOF");
    } finally {
      inflater.end();
    }
  }

  /**
   * Plain DEFLATE cannot look so, unless it begins with a stored block that is padded with ones.
   */
  private static boolean hasZlibHeader(byte[] body) {
    return body.length >= 2
        && (body[0] & 0x0f) == Deflater.DEFLATED
        && ((body[0] & 0xff) << 8 | body[1] & 0xff) % 31 == 0;
  }

  /** Removes zstd. */
  byte[] zstd(byte[] body) throws DecodeException {
    return inflate(
        () -> new ZstdInputStream(new ByteArrayInputStream(body)).setLongMax(MAX_ZSTD_WINDOW_LOG),
        body.length);
  }

  /** Removes lz4 in its frame format. */
  byte[] lz4(byte[] body) throws DecodeException {
    return inflate(() -> new LZ4FrameInputStream(new ByteArrayInputStream(body)), body.length);
  }

  /** Removes snappy in its block format. */
  byte[] snappy(byte[] body) throws DecodeException {
    try {
      long length = Integer.toUnsignedLong(Snappy.uncompressedLength(body));
      long mostParts = body.length / SNAPPY_SHORTEST_LONG_PART + 1L;
      if (length > mostParts * SNAPPY_LONGEST_PART) {
        throw new DecodeException("snappy: corrupt input");
      }
      if (length > maxBytes) {
        throw tooLarge(length);
      }
      byte[] out = new byte[(int) length];
      if (Snappy.uncompress(body, 0, body.length, out, 0) != length) {
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
      return read(in, compressed * 4L);
    } catch (EOFException e) {
      throw new DecodeException("unexpected EOF");
    } catch (IOException | RuntimeException e) {
      // lz4-java throws RuntimeException for a header that is malformed.
      throw new DecodeException("cannot decompress the body: " + e.getMessage());
    }
  }

  private byte[] read(InputStream in, long expected) throws IOException, DecodeException {
    byte[] out = new byte[(int) Math.min(Math.max(expected, 1024), maxBytes)];
    int length = 0;
    while (true) {
      if (length == out.length) {
        int more = in.read();
        if (more < 0) {
          return out;
        }
        if (length == maxBytes) {
          throw tooLarge(maxBytes + 1L);
        }
        out = Arrays.copyOf(out, (int) Math.min(maxBytes, length * 2L));
        out[length++] = (byte) more;
      }
      int read = in.read(out, length, out.length - length);
      if (read < 0) {
        return Arrays.copyOf(out, length);
      }
      length += read;
    }
  }

  private DecodeException tooLarge(long length) {
    return new DecodeException.TooLarge(length, maxBytes);
  }
}
