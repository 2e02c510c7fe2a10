package dev.skald.server.http;

import java.util.Objects;

/** Does as another handler does, but for what is overridden. */
abstract class ForwardingHandler implements Handler {
  private final Handler handler;

  ForwardingHandler(Handler handler) {
    this.handler = Objects.requireNonNull(handler, "handler is null");
  }

  @Override
  public Response handle(Request request) throws Exception {
    return handler.handle(request);
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
