package dev.skald.server.http;

import dev.skald.server.http.Gate.Admission;
import java.util.concurrent.Callable;

/** Finds out whether a request may be answered before it has it answered. */
final class Guarded extends ForwardingHandler {
  private final Callable<Admission> check;

  Guarded(Handler handler, Callable<Admission> check) {
    super(handler);
    this.check = check;
  }

  @Override
  public Response handle(Request request) throws Exception {
    return switch (check.call()) {
      case Admission.Granted(Request head) ->
          super.handle(head.with(request.parameters(), request.body()).from(request.client()));
      case Admission.Refused(Response refusal) -> refusal;
      case Admission.Undecided undecided ->
          throw new IllegalStateException("a check has to decide");
    };
  }
}
