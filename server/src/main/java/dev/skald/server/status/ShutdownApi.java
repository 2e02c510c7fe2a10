package dev.skald.server.status;

import dev.skald.ingester.Ingester;
import dev.skald.server.http.HttpException;
import dev.skald.server.http.Request;
import dev.skald.server.http.Response;
import dev.skald.server.http.Router;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * {@code /ingester/…}: takes the ingester out of service (http-api.md §11). Every stop of Skald
 * seals what is in memory, so that there is nothing to prepare for one; what was asked for is
 * remembered and shown, until the process ends.
 */
public final class ShutdownApi {
  /** What is to be done beside what the ingester does. */
  public interface Listener {
    /** The ingester takes no more pushes. */
    void stopped();

    /** The process is to end. */
    void terminate();
  }

  private final Ingester ingester;
  private final Listener listener;
  private final AtomicBoolean prepared = new AtomicBoolean();
  private final AtomicBoolean stopping = new AtomicBoolean();

  public ShutdownApi(Ingester ingester, Listener listener) {
    this.ingester = ingester;
    this.listener = listener;
  }

  public void register(Router router) {
    String prepare = "/ingester/prepare_shutdown";
    router.add("GET", prepare, request -> Response.text(200, prepared.get() ? "set" : "unset"));
    router.add("POST", prepare, request -> prepare(true));
    router.add("DELETE", prepare, request -> prepare(false));
    router.addWithoutHead("GET POST", "/ingester/shutdown", this::shutdown);
    router.addWithoutHead(
        "GET POST DELETE", "/ingester/prepare_partition_downscale", request -> Response.empty(405));
  }

  private Response prepare(boolean wanted) {
    prepared.set(wanted);
    return Response.noContent();
  }

  private Response shutdown(Request request) throws InterruptedException {
    boolean flush = flag(request, "flush", true);
    boolean terminate = flag(request, "terminate", true);
    flag(request, "delete_ring_tokens", false);
    if (stopping.getAndSet(true)) {
      return Response.line(503, "Ingester is stopping or already stopped.");
    }
    listener.stopped();
    try {
      if (flush) {
        ingester.flush();
      }
      ingester.close();
      return Response.noContent();
    } catch (IOException e) {
      return Response.line(500, "what is in memory is not sealed: " + e.getMessage());
    } finally {
      if (terminate) {
        listener.terminate();
      }
    }
  }

  private static boolean flag(Request request, String name, boolean otherwise) {
    return switch (request.parameter(name)) {
      case "" -> otherwise;
      case "1", "t", "T", "true", "TRUE", "True" -> true;
      case "0", "f", "F", "false", "FALSE", "False" -> false;
      default ->
          throw new HttpException(400, "invalid value of " + name + ", want true or false\n");
    };
  }
}
