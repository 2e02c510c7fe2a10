package dev.skald.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Compresses replies for clients that take gzip (RFC 9110 §12.5.3). */
final class GzipReply {
  /** What is smaller fits into one packet anyway. */
  static final int LEAST = 1400;

  private static final String ENCODING = "Content-Encoding";

  private GzipReply() {}

  /** Whether a reply of this kind may come compressed. */
  static boolean canBe(Response response) {
    return response.contentType() != null && !response.headers().containsKey(ENCODING);
  }

  /** Returns the reply, compressed if it is worth it and the client takes that. */
  static Response compressed(Request request, Response response) {
    if (!canBe(response) || !accepts(request.header("Accept-Encoding"))) {
      return response;
    }
    if (response.stream() != null) {
      response.stream().compress();
      return response.withHeaders(Map.of(ENCODING, "gzip"));
    }
    if (response.length() < LEAST) {
      return response;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(response.length() / 8);
    try (GZIPOutputStream gzip = new QuickGzip(out, false)) {
      gzip.write(response.body(), 0, response.length());
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written to", e);
    }
    byte[] body = out.toByteArray();
    return new Response(
            response.status(), response.contentType(), response.headers(), body, body.length)
        .withHeaders(Map.of(ENCODING, "gzip"));
  }

  /** Whether a list of encodings takes gzip: {@code gzip} or {@code *}, not with weight zero. */
  static boolean accepts(String header) {
    boolean any = false;
    for (String part : header.toLowerCase(Locale.ROOT).split(",")) {
      String[] words = part.split(";");
      boolean refused = words.length > 1 && words[1].strip().matches("q=0(\\.0*)?");
      String name = words[0].strip();
      if (name.equals("gzip") || name.equals("x-gzip")) {
        return !refused;
      }
      any |= name.equals("*") && !refused;
    }
    return any;
  }
}
