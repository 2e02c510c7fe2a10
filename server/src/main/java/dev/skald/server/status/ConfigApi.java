package dev.skald.server.status;

import dev.skald.config.load.ConfigPrinter;
import dev.skald.config.load.Settings;
import dev.skald.server.http.Request;
import dev.skald.server.http.Response;
import dev.skald.server.http.Router;

/** {@code /config}: what the process was told, as YAML (http-api.md §11). */
public final class ConfigApi {
  private final Settings settings;

  public ConfigApi(Settings settings) {
    this.settings = settings;
  }

  public void register(Router router) {
    router.add("GET", "/config", this::config);
  }

  private Response config(Request request) {
    return Response.text(
        200,
        switch (request.parameter("mode")) {
          case "defaults" -> ConfigPrinter.defaults();
          case "diff" -> ConfigPrinter.diff(settings);
          default -> ConfigPrinter.yaml(settings);
        });
  }
}
