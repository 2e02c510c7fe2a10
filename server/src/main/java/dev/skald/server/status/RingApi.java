package dev.skald.server.status;

import dev.skald.server.http.Request;
import dev.skald.server.http.Response;
import dev.skald.server.http.Router;
import dev.skald.server.query.JsonOutput;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * The ring pages (http-api.md §11). A process of Skald is the one member of the rings of what it
 * runs, so that there is nobody to forget.
 */
public final class RingApi {
  private static final String NO_DISTRIBUTORS =
      "<!DOCTYPE html><html><body><h1>Distributor Ring</h1>"
          + "<p>Rate limits are local: distributors have no ring.</p></body></html>\n";

  private final Instance instance;
  private final InstantSource clock;
  private final List<Ring> rings;

  public RingApi(Instance instance, InstantSource clock, List<Ring> rings) {
    this.instance = instance;
    this.clock = clock;
    this.rings = List.copyOf(rings);
  }

  public void register(Router router) {
    for (Ring ring : rings) {
      router.add("GET", ring.path(), request -> show(ring, request));
      router.add("POST", ring.path(), RingApi::forget);
    }
    router.add("GET POST", "/distributor/ring", request -> html(NO_DISTRIBUTORS));
    router.add(
        "", "/memberlist", request -> Response.text(200, "This instance doesn't use memberlist."));
  }

  private Response show(Ring ring, Request request) {
    return request.header("accept").contains("application/json") ? json(ring) : page(ring);
  }

  private static Response forget(Request request) {
    return new Response(302, null, Map.of("Location", "#"), new byte[0], 0);
  }

  private Response json(Ring ring) {
    JsonOutput out = new JsonOutput().raw("{\"shards\":[");
    if (ring.inhabited()) {
      out.raw("{\"id\":").string(instance.id());
      out.raw(",\"state\":").string(ring.memberState());
      out.raw(",\"address\":").string(instance.address().get());
      out.raw(",\"timestamp\":").string(now());
      out.raw(",\"registered_timestamp\":").string(text(instance.since()));
      out.raw(",\"read_only\":false,\"read_only_updated_timestamp\":\"0001-01-01T00:00:00Z\"");
      out.raw(",\"zone\":\"\",\"tokens\":[]}");
    }
    out.raw("],\"now\":").string(now()).raw("}\n");
    return Response.bytes(200, "application/json", out.bytes(), out.length());
  }

  private Response page(Ring ring) {
    String member =
        "<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>"
            .formatted(
                escaped(instance.id()),
                ring.memberState(),
                escaped(instance.address().get()),
                text(instance.since()));
    return html(
        """
        <!DOCTYPE html>
        <html><head><meta charset="UTF-8"><title>Ring Status</title></head><body>
        <h1>Ring Status</h1><p>Current time: %s</p>
        <table border="1"><tr><th>Instance ID</th><th>State</th><th>Address</th><th>Registered At</th></tr>
        %s</table>
        </body></html>
        """
            .formatted(now(), ring.inhabited() ? member : ""));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  private String now() {
    return text(clock.instant());
  }

  private static String text(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  private static Response html(String page) {
    return Response.bytes(200, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
  }
}
