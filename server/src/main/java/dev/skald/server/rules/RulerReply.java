package dev.skald.server.rules;

import dev.skald.server.http.Response;
import dev.skald.server.query.JsonOutput;
import java.util.function.Consumer;

/** The envelope in which the ruler answers in JSON (http-api.md §9.2–§9.4). */
final class RulerReply {
  private static final String JSON = "application/json";

  private RulerReply() {}

  /** A change that was made. */
  static Response accepted() {
    return reply(202, out -> out.raw("null"));
  }

  /**
   * @param data writes what is asked for
   */
  static Response success(Consumer<JsonOutput> data) {
    return reply(200, data);
  }

  private static Response reply(int status, Consumer<JsonOutput> data) {
    JsonOutput out = new JsonOutput().raw("{\"status\":\"success\",\"data\":");
    data.accept(out);
    out.raw(",\"errorType\":\"\",\"error\":\"\"}");
    return Response.bytes(status, JSON, out.bytes(), out.length());
  }

  static Response error(int status, String message) {
    JsonOutput out =
        new JsonOutput()
            .raw("{\"status\":\"error\",\"data\":null,\"errorType\":")
            .string(status < 500 ? "bad_data" : "server_error")
            .raw(",\"error\":")
            .htmlString(message)
            .raw('}');
    return Response.bytes(status, JSON, out.bytes(), out.length());
  }
}
