package dev.skald.storage.object;

import java.io.EOFException;
import java.io.IOException;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Reads the body of an answer into an array of just the length that was asked for. */
record RangeTransformer(String key, long offset, int length)
    implements ResponseTransformer<GetObjectResponse, byte[]> {

  @Override
  public byte[] transform(GetObjectResponse answer, AbortableInputStream body) throws IOException {
    checkRange(answer);
    byte[] content = new byte[length];
    int got;
    try {
      got = body.readNBytes(content, 0, length);
    } catch (IOException broken) {
      throw RetryableException.create("the answer broke off: " + broken.getMessage(), broken);
    }
    if (got < length) {
      throw RetryableException.create(
          "the answer broke off after " + got + " of " + length + " bytes");
    }
    return content;
  }

  /** No length asks for more memory than there are bytes. */
  private void checkRange(GetObjectResponse answer) throws IOException {
    String range = answer.contentRange();
    if (range == null || !range.startsWith("bytes " + offset + "-")) {
      throw new IOException(
          "asked for bytes " + offset + " to " + (offset + length - 1) + ", got " + range);
    }
    Long got = answer.contentLength();
    if (got == null || got != length) {
      throw new EOFException(
          key + " ends early: wanted " + length + " from " + offset + ", got " + range);
    }
  }
}
