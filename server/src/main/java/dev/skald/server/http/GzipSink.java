package dev.skald.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Compresses a body piece by piece; each piece can be read as soon as it has arrived. */
final class GzipSink implements StreamedBody.Sink, AutoCloseable {
  private final StreamedBody.Sink out;
  private final ByteArrayOutputStream compressed = new ByteArrayOutputStream();
  private final QuickGzip gzip;

  GzipSink(StreamedBody.Sink out) throws IOException {
    this.out = out;
    this.gzip = new QuickGzip(compressed, true);
  }

  @Override
  public void write(byte[] bytes, int length) throws IOException, InterruptedException {
    gzip.write(bytes, 0, length);
    gzip.flush();
    pass();
  }

  /** Ends the body. */
  void finish() throws IOException, InterruptedException {
    gzip.finish();
    pass();
  }

  private void pass() throws IOException, InterruptedException {
    byte[] piece = compressed.toByteArray();
    compressed.reset();
    out.write(piece, piece.length);
  }

  /** Gives back the memory of the compressor. */
  @Override
  public void close() throws IOException {
    gzip.close();
  }
}
