package dev.skald.server.query;

import dev.skald.logql.QueryException;
import dev.skald.logql.syntax.Parser;
import dev.skald.logql.syntax.PrettyPrinter;
import dev.skald.server.http.Request;
import dev.skald.server.http.Response;
import dev.skald.server.http.Router;

/** {@code /loki/api/v1/format_query}: lays a query out for people (http-api.md §7.13). */
public final class FormatQueryApi {
  private static final String JSON = "application/json; charset=utf-8";

  public void register(Router router) {
    router.add("GET POST", "/loki/api/v1/format_query", FormatQueryApi::format);
  }

  private static Response format(Request request) {
    JsonOutput out = new JsonOutput();
    int status = 200;
    try {
      String text = PrettyPrinter.print(Parser.parse(request.parameter("query")));
      out.raw("{\"status\":\"success\",\"data\":").string(text);
    } catch (QueryException e) {
      status = 400;
      out.raw("{\"status\":\"invalid-query\",\"error\":").string(e.getMessage());
    }
    out.raw('}');
    return Response.bytes(status, JSON, out.bytes(), out.length());
  }
}
