package dev.skald.server.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that has become a WebSocket: pings, answers pings, and ends its session when the
 * client closes. What else the client sends is thrown away.
 */
final class WebSocketConnection extends SimpleChannelInboundHandler<WebSocketFrame>
    implements WebSocket {
  private static final Logger LOG = LoggerFactory.getLogger(WebSocketConnection.class);
  private static final int GOING_AWAY = 1001;
  private static final int NORMAL = 1000;
  private static final int MOST_REASON = 123;
  private static final long PING_SECONDS = 1;

  /** A client that reads nothing of a message for so long is cut off. */
  private static final long PATIENCE_MINUTES = 5;

  /** So long the client has for its part of the farewell. */
  private static final long FAREWELL_SECONDS = 2;

  private final Channel channel;
  private final WebSocketSession session;
  private Thread thread;
  private boolean gone;
  private boolean closing;
  private Future<?> pings;
  private ChannelFuture lastPing;

  private WebSocketConnection(Channel channel, WebSocketSession session) {
    this.channel = channel;
    this.session = session;
  }

  /**
   * Completes the handshake and runs the session.
   *
   * @param before the handler that has read the request, whose place this takes
   * @param threads run sessions
   */
  static void open(Connection before, Channel channel, HttpRequest request, Start start) {
    WebSocketConnection connection = new WebSocketConnection(channel, start.session);
    channel.pipeline().replace(before, "websocket", connection);
    WebSocketDecoderConfig decoder = WebSocketDecoderConfig.newBuilder().build();
    new WebSocketServerHandshaker13("", null, decoder)
        .handshake(
            channel,
            new DefaultFullHttpRequest(
                request.protocolVersion(),
                request.method(),
                request.uri(),
                Unpooled.EMPTY_BUFFER,
                request.headers(),
                EmptyHttpHeaders.INSTANCE))
        .addListener(done -> connection.begin(done.isSuccess(), start.threads));
  }

  /** A session and who runs it. */
  record Start(WebSocketSession session, Executor threads) {}

  private void begin(boolean shaken, Executor threads) {
    if (!shaken) {
      channel.close();
      return;
    }
    pings =
        channel
            .eventLoop()
            .scheduleAtFixedRate(this::ping, PING_SECONDS, PING_SECONDS, TimeUnit.SECONDS);
    try {
      threads.execute(this::run);
    } catch (RejectedExecutionException e) {
      close(GOING_AWAY, "");
    }
  }

  /** A client that takes nothing has enough with one ping. */
  private void ping() {
    if (lastPing == null || lastPing.isDone()) {
      lastPing = channel.writeAndFlush(new PingWebSocketFrame());
    }
  }

  private void run() {
    synchronized (this) {
      if (isGone()) {
        return;
      }
      thread = Thread.currentThread();
    }
    try {
      session.run(this);
      close(NORMAL, "");
    } catch (InterruptedException e) {
      close(GOING_AWAY, "");
    } catch (RuntimeException | Error e) {
      LOG.error("a WebSocket has failed", e);
      close(INTERNAL_ERROR, "error while processing request: " + e);
    } finally {
      synchronized (this) {
        thread = null;
        Thread.interrupted();
      }
    }
  }

  @Override
  public boolean send(byte[] utf8, int length) throws InterruptedException {
    if (isGone()) {
      return false;
    }
    ChannelFuture sent =
        channel.writeAndFlush(new TextWebSocketFrame(Unpooled.wrappedBuffer(utf8, 0, length)));
    if (!sent.await(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
      channel.close();
    }
    return sent.isSuccess();
  }

  private synchronized boolean isGone() {
    return gone || closing;
  }

  @Override
  public void close(int code, String reason) {
    synchronized (this) {
      if (isGone()) {
        return;
      }
      closing = true;
    }
    try {
      channel.writeAndFlush(new CloseWebSocketFrame(code, cut(reason)));
      channel.eventLoop().schedule(() -> channel.close(), FAREWELL_SECONDS, TimeUnit.SECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("too late to say farewell: the server has stopped");
    }
  }

  private static String cut(String reason) {
    byte[] utf8 = reason.getBytes(StandardCharsets.UTF_8);
    if (utf8.length <= MOST_REASON) {
      return reason;
    }
    int end = MOST_REASON;
    while ((utf8[end] & 0xC0) == 0x80) {
      end--;
    }
    return new String(Arrays.copyOf(utf8, end), StandardCharsets.UTF_8);
  }

  /** Ends the session because the server stops, unless it soon ends by itself. */
  void drain() {
    channel.eventLoop().schedule(this::interrupt, FAREWELL_SECONDS, TimeUnit.SECONDS);
  }

  private synchronized void interrupt() {
    if (thread != null) {
      thread.interrupt();
    } else {
      close(GOING_AWAY, "");
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
    switch (frame) {
      case PingWebSocketFrame ping ->
          context.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
      case CloseWebSocketFrame close -> farewell(close);
      default -> {}
    }
  }

  private void farewell(CloseWebSocketFrame frame) {
    boolean answered;
    synchronized (this) {
      answered = closing;
      closing = true;
    }
    if (answered) {
      channel.close();
    } else {
      int code = frame.statusCode() < 0 ? NORMAL : frame.statusCode();
      channel
          .writeAndFlush(new CloseWebSocketFrame(code, ""))
          .addListener(written -> channel.close());
    }
    leave();
  }

  /** Ends the session because the client is gone. */
  private synchronized void leave() {
    gone = true;
    if (thread != null) {
      thread.interrupt();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
    if (event instanceof ChannelInputShutdownEvent) {
      channel.close();
    }
    super.userEventTriggered(context, event);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (pings != null) {
      pings.cancel(false);
    }
    leave();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.debug("WebSocket failed: {}", channel.remoteAddress(), cause);
    context.close();
  }
}
