package dev.skald.server.tls;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.OptionalSslHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Begins TLS with who speaks it, and tells who does not what is spoken here, in Go's words. */
final class TlsSniffer extends OptionalSslHandler {
  private static final byte[] PLAIN =
      """
      HTTP/1.0 400 Bad Request\r
      Connection: close\r
      \r
      Client sent an HTTP request to an HTTPS server.
      """
          .getBytes(StandardCharsets.US_ASCII);

  private final Duration timeout;

  TlsSniffer(SslContext context, Duration timeout) {
    super(context);
    this.timeout = timeout;
  }

  @Override
  protected SslHandler newSslHandler(ChannelHandlerContext context, SslContext tls) {
    SslHandler handler = tls.newHandler(context.alloc());
    handler.setHandshakeTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    return handler;
  }

  @Override
  protected ChannelHandler newNonSslHandler(ChannelHandlerContext context) {
    return new ChannelInboundHandlerAdapter() {
      @Override
      public void channelRead(ChannelHandlerContext inner, Object message) {
        ReferenceCountUtil.release(message);
        inner.writeAndFlush(Unpooled.wrappedBuffer(PLAIN)).addListener(ChannelFutureListener.CLOSE);
      }
    };
  }
}
