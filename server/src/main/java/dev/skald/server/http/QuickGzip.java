package dev.skald.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Gzip that takes little time, which for replies counts more than the last byte saved. */
final class QuickGzip extends GZIPOutputStream {
  private static final int BUFFER = 1 << 13;

  /**
   * @param flushing whether a flush passes on all that was written
   */
  QuickGzip(ByteArrayOutputStream out, boolean flushing) throws IOException {
    super(out, BUFFER, flushing);
    def.setLevel(Deflater.BEST_SPEED);
  }
}
