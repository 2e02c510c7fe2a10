package dev.skald.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.Level;

final class DispatcherTest {
  private final List<String> observed = new ArrayList<>();
  private final Router router =
      new Router("")
          .add("POST", "/push", request -> Response.noContent())
          .add(
              "GET POST",
              "/echo/{part}",
              request ->
                  Response.text(
                      200,
                      request.path()
                          + " "
                          + request.pathParameter("part")
                          + " "
                          + request.parameterValues("q")
                          + " "
                          + request.header("X-Thing")))
          .add("GET", "/teapot", request -> throwing(new HttpException(418, "short and stout")))
          .add("GET", "/broken", request -> throwing(new IllegalStateException("oh")));

  private static Response throwing(RuntimeException e) {
    throw e;
  }

  private Response send(String method, String uri, String type, String body) {
    AccessLog log =
        new AccessLog(
            (verb, route, status, nanos) -> observed.add(verb + " " + route + " " + status),
            Level.DEBUG,
            Duration.ZERO);
    HttpRequest head =
        new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.valueOf(method), uri);
    head.headers().set("Content-Type", type).set("x-thing", "one").add("X-Thing", "two");
    Dispatcher dispatcher =
        new Dispatcher(router, Gate.OPEN, new Call.Surroundings(log, Listening.REPLIES));
    return ((Call) dispatcher.find(head)).answer(body.getBytes(UTF_8));
  }

  private Response send(String method, String uri) {
    return send(method, uri, "text/plain", "");
  }

  private static String text(Response response) {
    return new String(response.body(), 0, response.length(), UTF_8);
  }

  @Test
  void handsRequestsToTheirHandlers() {
    Response response = send("GET", "/echo/a%20b?q=1&q=%7B");
    assertThat(response.status()).isEqualTo(200);
    assertThat(text(response)).isEqualTo("/echo/a b a b [1, {] one");
    assertThat(response.contentType()).isEqualTo("text/plain; charset=utf-8");
    assertThat(observed).containsExactly("GET echo_part 200");
  }

  @Test
  void putsTheValuesOfAFormFirst() {
    Response response =
        send("POST", "/echo/x?q=url", "application/x-www-form-urlencoded; charset=utf-8", "q=form");
    assertThat(text(response)).isEqualTo("/echo/x x [form, url] one");
  }

  @Test
  void answersWhatItDoesNotKnow() {
    assertThat(text(send("GET", "/nothing"))).isEqualTo("404 page not found\n");
    Response wrong = send("GET", "/push");
    assertThat(wrong.status()).isEqualTo(405);
    assertThat(text(wrong)).isEmpty();
    assertThat(observed).containsExactly("GET other 404", "GET push 405");
  }

  @Test
  void tellsWhatAHandlerThrows() {
    Response teapot = send("GET", "/teapot");
    assertThat(teapot.status()).isEqualTo(418);
    assertThat(text(teapot)).isEqualTo("short and stout");
    Response broken = send("GET", "/broken");
    assertThat(broken.status()).isEqualTo(500);
    assertThat(text(broken)).startsWith("error while processing request: ");
  }

  @Test
  void rejectsBadEscapes() {
    Response response = send("GET", "/echo/x?q=%zz");
    assertThat(response.status()).isEqualTo(400);
    assertThat(text(response)).isEqualTo("invalid URL escape \"%zz\"");
    assertThat(send("GET", "/echo/%zz").status()).isEqualTo(400);
  }

  @Test
  void redirectsToTheCleanPath() {
    Response response = send("GET", "//echo/../echo/./a%20b?q=1");
    assertThat(response.status()).isEqualTo(301);
    assertThat(response.headers().get("Location")).isEqualTo("/echo/a%20b?q=1");
  }

  @Test
  void letsNobodyWriteHeaders() {
    Response response = send("GET", "//a%0d%0aSet-Cookie:%20x");
    assertThat(response.status()).isEqualTo(301);
    assertThat(response.headers().get("Location")).isEqualTo("/a%0D%0ASet-Cookie:%20x");
  }

  @ParameterizedTest
  @CsvSource({
    "/, /",
    "/a/b, /a/b",
    "/a/b/, /a/b/",
    "//a///b, /a/b",
    "/a/./b, /a/b",
    "/a/../b, /b",
    "/a/b/.., /a",
    "/a/b/../, /a/",
    "/../.., /",
    "/.., /",
    "/a/..b/.c, /a/..b/.c",
    "/a/..., /a/...",
    "//, /",
  })
  void cleansPaths(String path, String clean) {
    assertThat(RequestTarget.clean(path)).isEqualTo(clean);
    assertThat(RequestTarget.clean(clean)).isEqualTo(clean);
  }
}
