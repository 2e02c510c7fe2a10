package dev.skald.server.query;

import dev.skald.config.Overrides;
import dev.skald.logql.Matcher;
import dev.skald.logql.QueryException;
import dev.skald.logql.eval.RangeParameters;
import dev.skald.logql.syntax.Parser;
import dev.skald.querier.Answer;
import dev.skald.querier.Querier;
import dev.skald.querier.VolumeQuery;
import dev.skald.server.http.Handler;
import dev.skald.server.http.HttpException;
import dev.skald.server.http.Request;
import dev.skald.server.http.Response;
import dev.skald.server.http.Router;
import dev.skald.server.http.Tenants;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;

/** {@code /loki/api/v1/index/volume} and {@code …/volume_range} (http-api.md §7.7). */
public final class VolumeApi {
  private final Querier querier;
  private final Tenants tenants;
  private final Overrides overrides;
  private final InstantSource clock;

  public VolumeApi(Querier querier, Tenants tenants, Overrides overrides, InstantSource clock) {
    this.querier = querier;
    this.tenants = tenants;
    this.overrides = overrides;
    this.clock = clock;
  }

  public void register(Router router) {
    router.add("GET POST", "/loki/api/v1/index/volume", handler(false));
    router.add("GET POST", "/loki/api/v1/index/volume_range", handler(true));
  }

  private Handler handler(boolean overTime) {
    return QueryErrors.cancellable(request -> volume(request, overTime));
  }

  private Response volume(Request request, boolean overTime) throws InterruptedException {
    String tenant = tenants.reading(request);
    if (!overrides.limits(tenant).query().volumeEnabled()) {
      throw new HttpException(404, "not found");
    }
    Parameters parameters = new Parameters(request, clock);
    Answer answer;
    if (overTime) {
      RangeParameters range = RangeRequest.read(parameters, parameters::limitOrZero);
      VolumeQuery query = query(request, range.start(), range.end(), range.limit());
      answer = querier.volumeRange(tenant, query, range.step());
    } else {
      Parameters.Bounds bounds = RangeRequest.bounds(parameters);
      int limit = parameters.limitOrZero();
      answer = querier.volume(tenant, query(request, bounds.start(), bounds.end(), limit));
    }
    JsonOutput out = new ResultEncoder(EncodingFlags.NONE).encode(answer);
    return out.reply();
  }

  private static VolumeQuery query(Request request, long start, long end, int limit) {
    return new VolumeQuery(
        matchers(request.parameter("query")),
        start,
        end,
        limit,
        targetLabels(request),
        byName(request));
  }

  /** {@code {}} stands for every stream; any other selector must reject the empty string. */
  private static List<Matcher> matchers(String query) {
    List<Matcher> matchers = Parser.parseAnyMatchers(query);
    return matchers.isEmpty() ? matchers : Parser.parseMatchers(query);
  }

  private static List<String> targetLabels(Request request) {
    return Arrays.stream(request.parameter("targetLabels").split(","))
        .filter(name -> !name.isEmpty())
        .toList();
  }

  private static boolean byName(Request request) {
    return switch (request.parameter("aggregateBy")) {
      case "", "series" -> false;
      case "labels" -> true;
      default -> throw QueryException.badRequest("invalid aggregation option");
    };
  }
}
