package dev.skald.server.query;

import dev.skald.logql.QueryException;
import dev.skald.querier.Caller;
import dev.skald.querier.ExportCursor;
import dev.skald.querier.ExportPage;
import dev.skald.querier.ExportQuery;
import dev.skald.querier.Held;
import dev.skald.querier.Querier;
import dev.skald.server.http.Handler;
import dev.skald.server.http.Request;
import dev.skald.server.http.Response;
import dev.skald.server.http.Router;
import dev.skald.server.http.StreamedBody;
import dev.skald.server.http.Tenants;
import dev.skald.server.query.Parameters.Bounds;
import java.time.InstantSource;

/**
 * {@code GET /skald/api/v1/export}: all lines of a log query, oldest first, however many (see
 * docs/export.md). They are read page by page while they are sent.
 */
public final class ExportApi {
  private final Querier querier;
  private final Tenants tenants;
  private final InstantSource clock;

  public ExportApi(Querier querier, Tenants tenants, InstantSource clock) {
    this.querier = querier;
    this.tenants = tenants;
    this.clock = clock;
  }

  public void register(Router router) {
    router.add(
        "GET", "/skald/api/v1/export", Handler.cancellable(QueryErrors.handled(this::export)));
  }

  private Response export(Request request) throws InterruptedException {
    Caller caller = Callers.of(request, tenants.reading(request));
    ExportFormat format = ExportFormat.of(request.parameter("format"));
    Bounds bounds = RangeRequest.bounds(new Parameters(request, clock));
    ExportQuery query =
        new ExportQuery(request.parameter("query"), bounds.start(), bounds.end(), cursor(request));
    // What is wrong with the query is told before the first byte.
    Held<ExportPage> first = querier.export(caller, query);
    Export export = new Export(caller, query, format, first);
    return Response.streamed(200, format.contentType(), export.body);
  }

  private static ExportCursor cursor(Request request) {
    String text = request.parameter("cursor");
    try {
      return text.isEmpty() ? null : ExportCursor.parse(text);
    } catch (IllegalArgumentException e) {
      throw QueryException.badRequest("could not parse 'cursor' parameter: " + e.getMessage());
    }
  }

  /** An export under way, a page at a time. Where others need its memory more, it is broken off. */
  private final class Export {
    private final StreamedBody body = new StreamedBody(this::write);
    private final Caller caller;
    private final ExportFormat format;
    private ExportQuery query;
    private Held<ExportPage> page;

    private Export(Caller caller, ExportQuery query, ExportFormat format, Held<ExportPage> first) {
      this.caller = caller;
      this.query = query;
      this.format = format;
      this.page = first;
    }

    private void write(StreamedBody.Sink sink) throws Exception {
      JsonOutput out = new JsonOutput();
      format.begin(out);
      while (page != null) {
        page = writePage(out, sink) ? querier.export(caller, query) : null;
      }
    }

    /** Returns whether there is another page. */
    private boolean writePage(JsonOutput out, StreamedBody.Sink sink) throws Exception {
      try (Held<ExportPage> held = page) {
        held.whenGivingWay(body::breakOff);
        ExportPage entries = held.value();
        format.write(out, entries, () -> out.spill(sink));
        out.flush(sink);
        query = entries.next() == null ? query : query.after(entries.next());
        return entries.next() != null;
      }
    }
  }
}
