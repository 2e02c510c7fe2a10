package dev.skald.server.status;

import dev.skald.server.http.Request;
import dev.skald.server.http.Response;
import dev.skald.server.http.Router;
import java.util.List;
import java.util.stream.Collectors;

/** {@code /services}: how each part of the process is (http-api.md §11). */
public final class ServicesApi {
  private final List<Service> services;

  public ServicesApi(List<Service> services) {
    this.services = List.copyOf(services);
  }

  public void register(Router router) {
    router.add("GET", "/services", this::services);
  }

  private Response services(Request request) {
    return Response.text(
        200,
        services.stream()
            .map(service -> service.name() + " => " + service.state().get().text() + "\n")
            .collect(Collectors.joining()));
  }
}
