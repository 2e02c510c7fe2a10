package dev.skald.server.http;

import dev.skald.config.HttpConfig.HttpTimeouts;
import dev.skald.config.HttpConfig.RequestLimits;
import dev.skald.server.tls.ListenerTls;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Listens for HTTP/1.1 and hands whole requests to the router's handlers on an executor of the
 * caller's, so that a handler may block.
 */
public final class HttpServer implements AutoCloseable {
  private static final int MAX_PIECE = 1 << 16;

  /**
   * How to listen.
   *
   * @param port 0 for any free one
   * @param limits what a request may be like
   * @param maxConnections 0 for no limit; what is more is closed at once
   * @param maxBodies how many bytes the bodies of all requests may take together
   * @param gracefulStop how long requests under way may take when the server stops
   * @param tls encrypts connections, if it is there
   * @param replies is what happens to every reply
   */
  public record Options(
      String address,
      int port,
      HttpTimeouts timeouts,
      RequestLimits limits,
      int maxConnections,
      long maxBodies,
      Duration gracefulStop,
      Optional<ListenerTls> tls,
      ReplyPolicy replies) {}

  /** What all connections share. */
  record Services(
      Dispatcher dispatcher,
      Executor handlers,
      BodyBudget bodies,
      HttpTimeouts timeouts,
      RequestLimits limits) {}

  private final EventLoopGroup acceptors =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final EventLoopGroup workers = new MultiThreadIoEventLoopGroup(NioIoHandler.newFactory());
  private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final Options options;
  private final Services services;
  private final AtomicBoolean closed = new AtomicBoolean();
  private Channel listener;

  private HttpServer(Options options, Services services) {
    this.options = options;
    this.services = services;
  }

  /**
   * Starts to listen.
   *
   * @param gate lets requests in
   * @param handlers runs the handlers
   * @throws IOException if the address cannot be bound
   */
  public static HttpServer start(
      Options options, Router router, Gate gate, AccessLog log, Executor handlers)
      throws IOException {
    Services services =
        new Services(
            new Dispatcher(router, gate, new Call.Surroundings(log, options.replies)),
            handlers,
            new BodyBudget(options.maxBodies),
            options.timeouts,
            options.limits);
    HttpServer server = new HttpServer(options, services);
    try {
      server.listener = server.bootstrap().bind(socketAddress(options)).sync().channel();
      return server;
    } catch (Exception e) {
      server.stopThreads();
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw new IOException(
          "cannot listen on " + options.address + ":" + options.port + ": " + e.getMessage(), e);
    }
  }

  private ServerBootstrap bootstrap() {
    return new ServerBootstrap()
        .group(acceptors, workers)
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_BACKLOG, 1024)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .childHandler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                accept(channel);
              }
            });
  }

  private void accept(SocketChannel channel) {
    if (options.maxConnections > 0 && channels.size() >= options.maxConnections) {
      channel.close();
      return;
    }
    channels.add(channel);
    HttpDecoderConfig decoder =
        new HttpDecoderConfig()
            .setMaxInitialLineLength(options.limits.lineBytes())
            .setMaxHeaderSize(options.limits.headerBytes())
            .setMaxChunkSize(MAX_PIECE);
    options.tls.ifPresent(tls -> channel.pipeline().addLast(tls.handler()));
    channel
        .pipeline()
        .addLast(new StrictRequestDecoder(decoder))
        .addLast(new HttpResponseEncoder())
        .addLast(new Connection(services));
  }

  private static InetSocketAddress socketAddress(Options options) {
    return options.address.isEmpty()
        ? new InetSocketAddress(options.port)
        : new InetSocketAddress(options.address, options.port);
  }

  /** The port that was bound. */
  public int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  /** How many bytes of bodies are in memory. */
  long bodyBytes() {
    return services.bodies.held();
  }

  /** How many connections are open. */
  public int connections() {
    return channels.size();
  }

  /** Takes no new connection, answers the requests that are under way, and closes all. */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    listener.close().syncUninterruptibly();
    for (Channel channel : channels) {
      channel.eventLoop().execute(() -> drain(channel));
    }
    channels.newCloseFuture().awaitUninterruptibly(options.gracefulStop.toMillis());
    channels.close().awaitUninterruptibly(5, TimeUnit.SECONDS);
    stopThreads();
  }

  /** On its event loop no connection becomes a WebSocket meanwhile. */
  private static void drain(Channel channel) {
    Connection connection = channel.pipeline().get(Connection.class);
    if (connection != null) {
      connection.drain();
    }
    WebSocketConnection socket = channel.pipeline().get(WebSocketConnection.class);
    if (socket != null) {
      socket.drain();
    }
  }

  private void stopThreads() {
    workers.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    acceptors.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
