package dev.skald.server.http;

import dev.skald.server.http.Gate.Admission;
import java.util.concurrent.Callable;

/** Finds out whether a request may be answered before it has it answered. */
record Guarded(Handler handler, Callable<Admission> check) implements Handler {
  @Override
  public Response handle(Request request) throws Exception {
    return switch (check.call()) {
      case Admission.Granted(Request head) ->
          handler.handle(head.with(request.parameters(), request.body()).from(request.client()));
      case Admission.Refused(Response refusal) -> refusal;
      case Admission.Undecided undecided ->
          throw new IllegalStateException("a check has to decide");
    };
  }

  @Override
  public int maxBody() {
    return handler.maxBody();
  }

  @Override
  public boolean takesForm() {
    return handler.takesForm();
  }

  @Override
  public Response tooLarge(Request request, long size) {
    return handler.tooLarge(request, size);
  }

  @Override
  public boolean cancellable() {
    return handler.cancellable();
  }
}
