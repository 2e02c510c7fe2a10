package dev.skald.server.http;

import java.util.Locale;

/** Answers the requests of a route. Called by many threads at once; may block. */
@FunctionalInterface
public interface Handler {
  /** What Go allows a form to have, which is all that most routes take as a body. */
  int MAX_FORM = 10 << 20;

  Response handle(Request request) throws Exception;

  /** The largest body that is read, in bytes. */
  default int maxBody() {
    return MAX_FORM;
  }

  /** Whether a form in the body has parameters, as it has where nothing else is said. */
  default boolean takesForm() {
    return true;
  }

  /** Returns a handler whose parameters are those of the URL alone. */
  static Handler withoutForm(Handler handler) {
    return new ForwardingHandler(handler) {
      @Override
      public boolean takesForm() {
        return false;
      }
    };
  }

  /**
   * Answers a request whose body is larger than {@link #maxBody}.
   *
   * @param request without the body, which is not read
   * @param size of the body in bytes; at least as much where the client did not say it
   */
  default Response tooLarge(Request request, long size) {
    boolean form = request.header("content-type").toLowerCase(Locale.ROOT).startsWith(Request.FORM);
    return form
        ? Response.text(400, "http: POST too large")
        : Response.line(413, tooLargeText(size, maxBody()));
  }

  /** Loki's words for a body that is too large (http-api.md §4.1). */
  static String tooLargeText(long size, int limit) {
    return "request body too large: message size too large than max (%d vs %d)"
        .formatted(size, limit);
  }

  /** Whether the handling thread is interrupted when the client hangs up. */
  default boolean cancellable() {
    return false;
  }

  /**
   * Returns a handler whose thread is interrupted when nobody waits for its reply any more. It must
   * leave everything sound at any {@link InterruptedException}.
   */
  static Handler cancellable(Handler handler) {
    return new ForwardingHandler(handler) {
      @Override
      public boolean cancellable() {
        return true;
      }
    };
  }
}
