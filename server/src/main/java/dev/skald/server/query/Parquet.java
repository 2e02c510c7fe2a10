package dev.skald.server.query;

import dev.skald.server.http.Handler;
import dev.skald.server.http.Response;

/** Tells who asks for Parquet that there is none, rather than send what is not Parquet (§1.4). */
final class Parquet {
  private static final String TYPE = "application/vnd.apache.parquet";
  private static final String DISABLED =
      "support for Parquet encoded responses is disabled. Enable with"
          + " -frontend.support-parquet-encoding=true";
  private static final String UNKNOWN = "request does not support Parquet responses";

  private Parquet() {}

  /** Wraps a handler whose replies Loki can send as Parquet. */
  static Handler disabled(Handler handler) {
    return refused(DISABLED, handler);
  }

  /** Wraps any other handler. */
  static Handler unknown(Handler handler) {
    return refused(UNKNOWN, handler);
  }

  private static Handler refused(String why, Handler handler) {
    return request ->
        request.header("Accept").equals(TYPE) ? Response.text(400, why) : handler.handle(request);
  }
}
