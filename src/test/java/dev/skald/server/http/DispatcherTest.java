package dev.skald.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  private FullHttpResponse send(String method, String uri, String type, String body) {
    Dispatcher dispatcher =
        new Dispatcher(
            router,
            (verb, route, status, nanos) -> observed.add(verb + " " + route + " " + status),
            Runnable::run);
    EmbeddedChannel channel = new EmbeddedChannel(dispatcher);
    DefaultFullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1,
            HttpMethod.valueOf(method),
            uri,
            Unpooled.copiedBuffer(body, UTF_8));
    request.headers().set("Content-Type", type).set("x-thing", "one").add("X-Thing", "two");
    channel.writeInbound(request);
    FullHttpResponse response = channel.readOutbound();
    assertThat(response).isNotNull();
    assertThat(channel.config().isAutoRead()).isTrue();
    return response;
  }

  private FullHttpResponse send(String method, String uri) {
    return send(method, uri, "text/plain", "");
  }

  private static String text(FullHttpResponse response) {
    return response.content().toString(UTF_8);
  }

  @Test
  void handsRequestsToTheirHandlers() {
    FullHttpResponse response = send("GET", "/echo/a%20b?q=1&q=%7B");
    assertThat(response.status().code()).isEqualTo(200);
    assertThat(text(response)).isEqualTo("/echo/a b a b [1, {] one");
    assertThat(response.headers().get("Content-Type")).isEqualTo("text/plain; charset=utf-8");
    assertThat(observed).containsExactly("GET echo_part 200");
  }

  @Test
  void putsTheValuesOfAFormFirst() {
    FullHttpResponse response =
        send("POST", "/echo/x?q=url", "application/x-www-form-urlencoded; charset=utf-8", "q=form");
    assertThat(text(response)).isEqualTo("/echo/x x [form, url] one");
  }

  @Test
  void sendsNoBodyWithNoContent() {
    FullHttpResponse response = send("POST", "/push");
    assertThat(response.status().code()).isEqualTo(204);
    assertThat(response.headers().contains("Content-Length")).isFalse();
    assertThat(response.headers().contains("Content-Type")).isFalse();
  }

  @Test
  void answersWhatItDoesNotKnow() {
    assertThat(text(send("GET", "/nothing"))).isEqualTo("404 page not found\n");
    FullHttpResponse wrong = send("GET", "/push");
    assertThat(wrong.status().code()).isEqualTo(405);
    assertThat(text(wrong)).isEmpty();
    assertThat(observed).containsExactly("GET other 404", "GET push 405");
  }

  @Test
  void tellsWhatAHandlerThrows() {
    FullHttpResponse teapot = send("GET", "/teapot");
    assertThat(teapot.status().code()).isEqualTo(418);
    assertThat(text(teapot)).isEqualTo("short and stout");
    FullHttpResponse broken = send("GET", "/broken");
    assertThat(broken.status().code()).isEqualTo(500);
    assertThat(text(broken)).startsWith("error while processing request: ");
  }

  @Test
  void rejectsBadEscapes() {
    FullHttpResponse response = send("GET", "/echo/x?q=%zz");
    assertThat(response.status().code()).isEqualTo(400);
    assertThat(text(response)).isEqualTo("invalid URL escape \"%zz\"");
    assertThat(send("GET", "/echo/%zz").status().code()).isEqualTo(400);
  }

  @Test
  void redirectsToTheCleanPath() {
    FullHttpResponse response = send("GET", "//echo/../echo/./a%20b?q=1");
    assertThat(response.status().code()).isEqualTo(301);
    assertThat(response.headers().get("Location")).isEqualTo("/echo/a%20b?q=1");
  }

  @Test
  void letsNobodyWriteHeaders() {
    FullHttpResponse response = send("GET", "//a%0d%0aSet-Cookie:%20x");
    assertThat(response.status().code()).isEqualTo(301);
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
    assertThat(Dispatcher.cleanPath(path)).isEqualTo(clean);
    assertThat(Dispatcher.cleanPath(clean)).isEqualTo(clean);
  }
}
