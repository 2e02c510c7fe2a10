package dev.skald.server.query;

import dev.skald.config.Overrides;
import dev.skald.config.RetentionLimits;
import dev.skald.logql.QueryException;
import dev.skald.logql.syntax.Durations;
import dev.skald.server.http.Handler;
import dev.skald.server.http.HttpException;
import dev.skald.server.http.Request;
import dev.skald.server.http.Response;
import dev.skald.server.http.Router;
import dev.skald.server.http.Tenants;
import dev.skald.storage.catalog.DeleteRequest;
import dev.skald.storage.catalog.DeleteRequest.Status;
import dev.skald.storage.deletes.CoveredLines;
import dev.skald.storage.deletes.DeleteRequests;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * {@code /loki/api/v1/delete}: makes, lists and withdraws requests to delete lines (http-api.md
 * §10). Parameters are those of the URL alone.
 */
public final class DeleteApi {
  private static final String JSON = "application/json";
  private static final Duration LONGEST_INTERVAL = Duration.ofHours(24);
  private static final int WHOLE = 100;

  private final DeleteRequests requests;
  private final Tenants tenants;
  private final Overrides overrides;
  private final InstantSource clock;
  private final Duration cancelPeriod;

  /**
   * @param cancelPeriod how long after it was made a request may be withdrawn without force
   */
  public DeleteApi(
      DeleteRequests requests,
      Tenants tenants,
      Overrides overrides,
      InstantSource clock,
      Duration cancelPeriod) {
    this.requests = requests;
    this.tenants = tenants;
    this.overrides = overrides;
    this.clock = clock;
    this.cancelPeriod = cancelPeriod;
  }

  public void register(Router router) {
    String path = "/loki/api/v1/delete";
    router.add("PUT POST", path, Handler.withoutForm(this::create));
    router.add("GET", path, request -> answer(request, this::list));
    router.add("DELETE", path, Handler.withoutForm(request -> answer(request, this::cancel)));
    router.add("GET", "/loki/api/v1/cache/generation_numbers", this::generation);
  }

  /** Does what a tenant asks for. */
  private interface Step {
    Response run(String tenant, Request request) throws IOException;
  }

  private Response answer(Request request, Step step) {
    String tenant = tenants.single(request);
    if (overrides.limits(tenant).retention().deletion() == RetentionLimits.Deletion.DISABLED) {
      return Response.line(403, "deletion is not available for this tenant");
    }
    try {
      return step.run(tenant, request);
    } catch (IOException e) {
      return Response.line(500, e.getMessage());
    }
  }

  /** Makes a request to delete lines. */
  Response create(Request request) {
    return answer(request, this::create);
  }

  private Response create(String tenant, Request request) throws IOException {
    String query = parameter(request, "query", "query not set");
    boolean filters = hasFilter(query);
    long start = time("start", parameter(request, "start", "start time not set"));
    Instant now = clock.instant();
    long nowNanos = Math.multiplyExact(now.toEpochMilli(), 1_000_000L);
    String endText = request.parameter("end");
    long end = endText.isEmpty() ? nowNanos : time("end", endText);
    if (end > nowNanos) {
      throw refused("deletes in the future are not allowed");
    }
    if (start >= end) {
      throw refused("start time can't be greater than or equal to end time");
    }
    if (filters) {
      checkInterval(request.parameter("max_interval"), end - Math.max(start, end - Long.MAX_VALUE));
    }
    String id = requests.create(tenant, query, start, end, now).id();
    return new Response(204, null, Map.of("X-Delete-Request-Id", id), new byte[0], 0);
  }

  private static String parameter(Request request, String name, String missing) {
    String text = request.parameter(name);
    if (text.isEmpty()) {
      throw refused(missing);
    }
    return text;
  }

  private static boolean hasFilter(String query) {
    try {
      return CoveredLines.of(new DeleteRequest("", "", query, 0, 0, 0, Status.RECEIVED))
          .hasFilter();
    } catch (QueryException e) {
      throw refused("invalid query expression");
    }
  }

  /** Loki cuts a request with filters into intervals; here it only says whether they would do. */
  private static void checkInterval(String text, long nanos) {
    if (text.isEmpty()) {
      return;
    }
    long interval;
    try {
      interval = Durations.parseGo(text);
    } catch (IllegalArgumentException e) {
      throw refused("invalid max_interval: valid time units are 's', 'm', 'h'");
    }
    if (interval > LONGEST_INTERVAL.toNanos()) {
      throw refused(
          "max_interval can't be greater than " + Durations.printGo(LONGEST_INTERVAL.toNanos()));
    }
    if (interval > nanos) {
      throw refused(
          "max_interval can't be greater than the interval to be deleted ("
              + Durations.printGo(nanos)
              + ")");
    }
  }

  private static long time(String name, String text) {
    try {
      if (text.matches("[0-9]{10}")) {
        return TimeText.seconds(Long.parseLong(text), 0);
      }
      return TimeText.rfc3339(text);
    } catch (DateTimeException e) {
      throw refused("invalid " + name + " time: require unix seconds or RFC3339 format");
    }
  }

  private static HttpException refused(String text) {
    return new HttpException(400, text + "\n");
  }

  private Response list(String tenant, Request request) {
    String start = request.parameter("start");
    String end = request.parameter("end");
    boolean bounded = !start.isEmpty() && !end.isEmpty();
    long from = bounded ? time("start", start) : Long.MIN_VALUE;
    long to = bounded ? time("end", end) : Long.MAX_VALUE;
    JsonOutput out = new JsonOutput().raw('[');
    int count = 0;
    for (DeleteRequest one : oldestFirst(tenant)) {
      if (one.start() <= to && one.end() >= from) {
        write(one, count++ == 0 ? out : out.raw(','));
      }
    }
    out.raw("]\n");
    return Response.bytes(200, JSON, out.bytes(), out.length());
  }

  private List<DeleteRequest> oldestFirst(String tenant) {
    return requests.list(tenant).stream()
        .sorted(Comparator.comparingLong(DeleteRequest::created))
        .toList();
  }

  private void write(DeleteRequest request, JsonOutput out) {
    out.raw("{\"request_id\":").string(request.id());
    out.raw(",\"start_time\":").seconds(Math.floorDiv(request.start(), 1_000_000L));
    out.raw(",\"end_time\":").seconds(Math.floorDiv(request.end(), 1_000_000L));
    out.raw(",\"query\":").string(request.query());
    out.raw(",\"status\":").string(status(request));
    out.raw(",\"created_at\":").seconds(Math.floorDiv(request.created(), 1_000_000L));
    out.raw(",\"user_id\":\"\"}");
  }

  private String status(DeleteRequest request) {
    if (request.status() == Status.PROCESSED) {
      return "processed";
    }
    int percent = requests.percent(request);
    return percent > 0 && percent < WHOLE ? percent + "% Complete" : "received";
  }

  private Response cancel(String tenant, Request request) throws IOException {
    DeleteRequest found = requests.find(tenant, request.parameter("request_id")).orElse(null);
    if (found == null) {
      return Response.line(404, "could not find delete request with given id");
    }
    if (found.status() == Status.PROCESSED) {
      return Response.line(
          400, "deletion of request which is in process or already processed is not allowed");
    }
    long age = Math.multiplyExact(clock.millis(), 1_000_000L) - found.created();
    boolean late = requests.percent(found) > 0 || age > cancelPeriod.toNanos();
    if (late && !request.parameter("force").equals("true")) {
      return Response.line(
          400,
          "Cancellation of partially completed delete request or delete request past the deadline"
              + " of "
              + Durations.printGo(cancelPeriod.toNanos())
              + " since its creation is not allowed. To force, use the ?force query parameter");
    }
    requests.cancel(found);
    return Response.noContent();
  }

  /** Tells caches of results when to forget: at another request. */
  private Response generation(Request request) {
    String generation =
        oldestFirst(tenants.single(request)).stream()
            .reduce((first, second) -> second)
            .map(newest -> Long.toString(newest.created() / 1_000_000L))
            .orElse("");
    JsonOutput out = new JsonOutput().string(generation).raw('\n');
    return Response.bytes(200, JSON, out.bytes(), out.length());
  }
}
