package dev.skald.server.status;

import dev.skald.ingester.Ingester;
import dev.skald.server.http.Request;
import dev.skald.server.http.Response;
import dev.skald.server.http.Router;
import java.io.IOException;

/** {@code /flush}: seals everything that is in memory (http-api.md §11). */
public final class FlushApi {
  private final Ingester ingester;

  public FlushApi(Ingester ingester) {
    this.ingester = ingester;
  }

  public void register(Router router) {
    router.addWithoutHead("GET POST", "/flush", this::flush);
  }

  private Response flush(Request request) throws InterruptedException {
    try {
      ingester.flush();
      return Response.noContent();
    } catch (IOException e) {
      return Response.line(500, "flush failed: " + e.getMessage());
    }
  }
}
