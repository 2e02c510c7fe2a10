package dev.skald.server.http;

import java.util.function.Consumer;

/** One request at work on a thread of its own. Any thread may cancel it. */
final class Exchange implements Runnable {
  private final Call call;
  private final Consumer<Response> done;
  private byte[] body;
  private Thread thread;
  private boolean cancelled;

  /**
   * @param done gets the reply, on the thread that runs this
   */
  Exchange(Call call, byte[] body, Consumer<Response> done) {
    this.call = call;
    this.body = body;
    this.done = done;
  }

  @Override
  public void run() {
    Response reply = reply();
    try {
      done.accept(reply);
    } finally {
      if (reply.stream() != null) {
        reply.stream().produce();
      }
    }
  }

  /** Where there is no memory to say what went wrong, there is a reply that takes none. */
  private Response reply() {
    try {
      return begin() ? answer() : call.cancelled();
    } catch (Throwable t) {
      return Refusals.FAILED;
    }
  }

  private Response answer() {
    byte[] received = body;
    body = null;
    try {
      return call.answer(received);
    } finally {
      end();
    }
  }

  private synchronized boolean begin() {
    thread = Thread.currentThread();
    return !cancelled || !call.handler().cancellable();
  }

  /** From here on no interrupt can hit what the thread does next. */
  private synchronized void end() {
    thread = null;
    Thread.interrupted();
  }

  /** Nobody waits for the reply: interrupts the handler if it lets itself be interrupted. */
  synchronized void cancel() {
    cancelled = true;
    if (thread != null && call.handler().cancellable()) {
      thread.interrupt();
    }
  }
}
