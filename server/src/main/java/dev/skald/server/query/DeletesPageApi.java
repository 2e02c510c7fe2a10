package dev.skald.server.query;

import dev.skald.server.http.Handler;
import dev.skald.server.http.Request;
import dev.skald.server.http.Response;
import dev.skald.server.http.Router;
import dev.skald.storage.catalog.DeleteRequest;
import dev.skald.storage.catalog.DeleteRequest.Status;
import dev.skald.storage.deletes.DeleteRequests;
import java.util.Comparator;
import java.util.List;

/**
 * {@code /compactor/ui/api/v1/deletes}: the newest delete requests of all tenants, with times in
 * milliseconds (http-api.md §10.4).
 */
public final class DeletesPageApi {
  private static final int MOST = 100;
  private static final long NANOS_PER_MILLI = 1_000_000L;

  private final DeleteRequests requests;
  private final DeleteApi making;

  /**
   * @param making makes requests
   */
  public DeletesPageApi(DeleteRequests requests, DeleteApi making) {
    this.requests = requests;
    this.making = making;
  }

  public void register(Router router) {
    String path = "/compactor/ui/api/v1/deletes";
    router.add("GET", path, this::list);
    router.add("POST", path, Handler.withoutForm(making::create));
  }

  private Response list(Request request) {
    String status = request.parameter("status");
    List<DeleteRequest> newest =
        requests.all().stream()
            .filter(one -> status.isEmpty() || status.equals(status(one)))
            .sorted(Comparator.comparingLong(DeleteRequest::created).reversed())
            .limit(MOST)
            .toList();
    JsonOutput out = new JsonOutput().raw('[');
    for (int i = 0; i < newest.size(); i++) {
      write(newest.get(i), i == 0 ? out : out.raw(','));
    }
    out.raw("]\n");
    return Response.bytes(200, "application/json", out.bytes(), out.length());
  }

  private static String status(DeleteRequest request) {
    return request.status() == Status.PROCESSED ? "processed" : "received";
  }

  private static void write(DeleteRequest request, JsonOutput out) {
    out.raw("{\"request_id\":").string(request.id());
    out.raw(",\"start_time\":").number(Math.floorDiv(request.start(), NANOS_PER_MILLI));
    out.raw(",\"end_time\":").number(Math.floorDiv(request.end(), NANOS_PER_MILLI));
    out.raw(",\"query\":").string(request.query());
    out.raw(",\"status\":\"").raw(status(request));
    out.raw("\",\"created_at\":").number(Math.floorDiv(request.created(), NANOS_PER_MILLI));
    out.raw(",\"user_id\":").string(request.tenant()).raw('}');
  }
}
