package dev.skald.server.segment;

import dev.skald.storage.segment.SegmentBytes;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A segment behind an address, read by GETs of ranges. Also its length is asked for so: an address
 * that was signed for GET answers no HEAD. For one thread; close it.
 */
final class HttpSegment implements SegmentBytes, AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Pattern CONTENT_RANGE = Pattern.compile("bytes [0-9]+-[0-9]+/([0-9]+)");
  private static final int PARTIAL = 206;

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(TIMEOUT)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();
  private final URI address;

  HttpSegment(URI address) {
    this.address = address;
  }

  /** Returns the address without its query, which may hold a signature. */
  @Override
  public String name() {
    String text = address.toString();
    int query = text.indexOf('?');
    return query < 0 ? text : text.substring(0, query);
  }

  @Override
  public long size() throws IOException {
    String range = range(0, 1).headers().firstValue("Content-Range").orElse("");
    Matcher total = CONTENT_RANGE.matcher(range);
    if (!total.matches()) {
      throw new IOException(
          "the server sent the Content-Range \""
              + range
              + "\", wanted one that ends with a length");
    }
    return Long.parseLong(total.group(1));
  }

  @Override
  public byte[] get(long offset, int length) throws IOException {
    byte[] bytes = range(offset, length).body();
    if (bytes.length != length) {
      throw new EOFException(
          bytes.length + " bytes came from byte " + offset + ", wanted " + length);
    }
    return bytes;
  }

  private HttpResponse<byte[]> range(long offset, int length) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(TIMEOUT)
            .header("Range", "bytes=" + offset + "-" + (offset + length - 1))
            .build();
    HttpResponse<byte[]> response = send(request);
    if (response.statusCode() == 404) {
      throw new NoSuchFileException(name());
    }
    if (response.statusCode() != PARTIAL) {
      throw new IOException(
          "the server answered a GET of a range with status "
              + response.statusCode()
              + ", wanted "
              + PARTIAL);
    }
    return response;
  }

  private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
    try {
      // No more than was asked for is taken, whatever a server sends that knows no ranges.
      return client.send(
          request,
          head ->
              head.statusCode() == PARTIAL
                  ? HttpResponse.BodySubscribers.ofByteArray()
                  : HttpResponse.BodySubscribers.replacing(new byte[0]));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
