package dev.skald.server.query;

import dev.skald.logql.QueryException;
import dev.skald.logql.eval.Direction;
import dev.skald.logql.eval.RangeParameters;
import dev.skald.server.query.Parameters.Bounds;
import java.util.function.IntSupplier;

/** Reads and checks the parameters of a range request, in Loki's order (http-api.md §2). */
final class RangeRequest {
  private static final long MOST_POINTS = 11_000;

  private RangeRequest() {}

  static RangeParameters read(Parameters parameters) {
    return read(parameters, parameters::limit);
  }

  /**
   * @param limitOf reads the limit when it is its turn
   */
  static RangeParameters read(Parameters parameters, IntSupplier limitOf) {
    Bounds bounds = bounds(parameters);
    int limit = limitOf.getAsInt();
    Direction direction = parameters.direction();
    long step = resolution(parameters, bounds);
    long interval = parameters.interval();
    if (interval < 0) {
      throw QueryException.badRequest("interval must be >= 0");
    }
    return new RangeParameters(bounds.start(), bounds.end(), step, limit, direction, interval);
  }

  /** Reads a step of which the bounds do not hold too many. */
  static long resolution(Parameters parameters, Bounds bounds) {
    long step = step(parameters, bounds);
    if ((bounds.end() - bounds.start()) / step > MOST_POINTS) {
      throw QueryException.badRequest(
          "exceeded maximum resolution of 11,000 points per time series. Try increasing the value"
              + " of the step parameter");
    }
    return step;
  }

  /** Reads a step that is more than nothing. */
  static long step(Parameters parameters, Bounds bounds) {
    long step = parameters.step(bounds);
    if (step <= 0) {
      throw QueryException.badRequest(
          "zero or negative query resolution step widths are not accepted. Try a positive"
              + " integer");
    }
    return step;
  }

  /** Reads bounds whose end is not before their start. */
  static Bounds bounds(Parameters parameters) {
    Bounds bounds = parameters.bounds();
    if (bounds.end() < bounds.start()) {
      throw QueryException.badRequest("end timestamp must not be before or equal to start time");
    }
    return bounds;
  }
}
