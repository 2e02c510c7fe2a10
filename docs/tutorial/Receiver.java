import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Stands for an Alertmanager where there is none: prints each alert that it gets. */
final class Receiver {
  private static final String PATH = "/api/v2/alerts";

  private Receiver() {}

  /** The argument is the port. */
  public static void main(String[] arguments) throws IOException {
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
    HttpServer server = HttpServer.create(address, 0);
    server.createContext(PATH, Receiver::print);
    server.start();
  }

  private static void print(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      if (!body.isEmpty()) {
        System.out.println(body);
      }
      exchange.sendResponseHeaders(200, -1);
    }
  }
}
