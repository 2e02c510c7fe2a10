package dev.skald.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import org.junit.jupiter.api.Test;

final class PendingTest {
  private static final int PIECE = 64 << 10;

  private final Pending pending = new Pending();

  private static HttpRequest get(String uri) {
    return new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, uri);
  }

  @Test
  void isFullOfTwoLargePieces() {
    pending.add(new DefaultHttpContent(Unpooled.wrappedBuffer(new byte[PIECE])));
    assertThat(pending.isFull()).isFalse();
    pending.add(new DefaultHttpContent(Unpooled.wrappedBuffer(new byte[PIECE])));
    assertThat(pending.isFull()).isTrue();
    pending.poll();
    assertThat(pending.isFull()).isFalse();
  }

  @Test
  void isFullOfSomeDozenRequests() {
    int count = 0;
    while (!pending.isFull()) {
      pending.add(get("/"));
      count++;
    }
    assertThat(count).isBetween(32, 64);
    while (!pending.isEmpty()) {
      pending.poll();
    }
    assertThat(pending.isFull()).isFalse();
    assertThat(pending.poll()).isNull();
  }

  @Test
  void countsHeadsByTheirLength() {
    HttpRequest head = get("/" + "x".repeat(PIECE));
    head.headers().set("X", "y".repeat(PIECE));
    pending.add(head);
    assertThat(pending.isFull()).isTrue();
  }

  @Test
  void givesBackWhatItForgets() {
    ByteBuf content = Unpooled.wrappedBuffer(new byte[2 * PIECE]);
    pending.add(new DefaultHttpContent(content));
    pending.release();
    assertThat(content.refCnt()).isZero();
    assertThat(pending.isFull()).isFalse();
    assertThat(pending.isEmpty()).isTrue();
  }
}
