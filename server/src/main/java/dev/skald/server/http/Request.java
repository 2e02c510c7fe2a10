package dev.skald.server.http;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A request, wholly received.
 *
 * @param path decoded, without the query string
 * @param pathParameters values of the {@code {name}} parts of the route
 * @param parameters of the query string and, for a form, of the body, whose values come first
 * @param headers by lower-case name; of a repeated header the first value
 * @param client address of the machine that sent it, or empty
 */
public record Request(
    String method,
    String path,
    Map<String, String> pathParameters,
    Map<String, List<String>> parameters,
    Map<String, String> headers,
    byte[] body,
    String client) {
  /** The type of a body that holds parameters. */
  static final String FORM = "application/x-www-form-urlencoded";

  public Request {
    pathParameters = Map.copyOf(pathParameters);
    parameters = Map.copyOf(parameters);
    headers = Map.copyOf(headers);
  }

  /** A request from nowhere. */
  public Request(
      String method,
      String path,
      Map<String, String> pathParameters,
      Map<String, List<String>> parameters,
      Map<String, String> headers,
      byte[] body) {
    this(method, path, pathParameters, parameters, headers, body, "");
  }

  /** Returns the request as it was sent from an address. */
  Request from(String address) {
    return new Request(method, path, pathParameters, parameters, headers, body, address);
  }

  /** Returns a header, or the empty string. */
  public String header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }

  /** Returns the first value of a parameter, or the empty string. */
  public String parameter(String name) {
    List<String> values = parameters.getOrDefault(name, List.of());
    return values.isEmpty() ? "" : values.getFirst();
  }

  /** Returns all values of a parameter. */
  public List<String> parameterValues(String name) {
    return parameters.getOrDefault(name, List.of());
  }

  public String pathParameter(String name) {
    return pathParameters.get(name);
  }

  /** Returns the same request with another value for a header. */
  public Request withHeader(String name, String value) {
    Map<String, String> changed = new HashMap<>(headers);
    changed.put(name.toLowerCase(Locale.ROOT), value);
    return new Request(method, path, pathParameters, parameters, changed, body, client);
  }

  Request with(Map<String, List<String>> values, byte[] content) {
    return new Request(method, path, pathParameters, values, headers, content, client);
  }
}
