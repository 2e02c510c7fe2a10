package dev.skald.server.status;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.skald.logql.GoQuote;
import dev.skald.server.http.Request;
import dev.skald.server.http.Response;
import dev.skald.server.http.Router;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/** {@code /log_level}: shows and changes what the process logs of itself (http-api.md §11). */
public final class LogLevelApi {
  public void register(Router router) {
    router.add("GET", "/log_level", LogLevelApi::show);
    router.add("POST", "/log_level", LogLevelApi::change);
  }

  private static Response show(Request request) {
    String level = root().getLevel().toString().toLowerCase(Locale.ROOT);
    return json(200, "{\"message\":\"Current log level is " + level + "\"}");
  }

  private static Response change(Request request) {
    String name = request.parameter("log_level");
    Level level =
        switch (name) {
          case "debug" -> Level.DEBUG;
          case "info" -> Level.INFO;
          case "warn" -> Level.WARN;
          case "error" -> Level.ERROR;
          default -> null;
        };
    if (level == null) {
      String message = GoQuote.quote("unrecognized log level " + GoQuote.quote(name));
      return json(400, "{\"status\":\"failed\",\"message\":" + message + "}");
    }
    root().setLevel(level);
    return json(200, "{\"status\":\"success\",\"message\":\"Log level set to " + name + "\"}");
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  private static Response json(int status, String text) {
    return Response.bytes(status, "application/json", text.getBytes(StandardCharsets.UTF_8));
  }
}
