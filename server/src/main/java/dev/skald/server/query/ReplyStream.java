package dev.skald.server.query;

import dev.skald.querier.Answer;
import dev.skald.querier.Held;
import dev.skald.server.http.Response;
import dev.skald.server.http.StreamedBody;

/** Sends answers: small ones at once, large ones while they are encoded. */
final class ReplyStream {
  /** An answer that takes so many bytes is not encoded as a whole. */
  private static final long LARGE = 2 << 20;

  private ReplyStream() {}

  /** Returns the reply for an answer, which is closed when the reply is written. */
  static Response of(Held<Answer> held, EncodingFlags flags) {
    ResultEncoder encoder = new ResultEncoder(flags);
    if (ResultSize.of(held.value().result()) < LARGE) {
      try (held) {
        return encoder.encode(held.value()).reply();
      }
    }
    StreamedBody body =
        new StreamedBody(
            sink -> {
              try (held) {
                encoder.spillTo(sink).encode(held.value()).flush(sink);
              }
            });
    held.whenGivingWay(body::breakOff);
    return Response.streamed(200, JsonOutput.JSON, body);
  }
}
