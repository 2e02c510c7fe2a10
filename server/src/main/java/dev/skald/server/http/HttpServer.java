package dev.skald.server.http;

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
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Listens for HTTP/1.1 and hands whole requests to the router's handlers on an executor of the
 * caller's, so that a handler may block.
 */
public final class HttpServer implements AutoCloseable {
  /**
   * How to listen.
   *
   * @param port 0 for any free one
   * @param maxBody largest request body in bytes
   * @param idleTimeout after which a connection without traffic is closed
   */
  public record Options(String address, int port, int maxBody, Duration idleTimeout) {}

  private final EventLoopGroup acceptors;
  private final EventLoopGroup workers;
  private final ChannelGroup channels;
  private final Channel listener;

  private HttpServer(
      EventLoopGroup acceptors, EventLoopGroup workers, ChannelGroup channels, Channel listener) {
    this.acceptors = acceptors;
    this.workers = workers;
    this.channels = channels;
    this.listener = listener;
  }

  /**
   * Starts to listen.
   *
   * @throws IOException if the address cannot be bound
   */
  public static HttpServer start(
      Options options, Router router, RequestObserver observer, Executor executor)
      throws IOException {
    EventLoopGroup acceptors = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    EventLoopGroup workers = new MultiThreadIoEventLoopGroup(NioIoHandler.newFactory());
    ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(acceptors, workers)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, 1024)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    channels.add(channel);
                    channel
                        .pipeline()
                        .addLast(
                            new IdleStateHandler(
                                0, 0, options.idleTimeout.toMillis(), TimeUnit.MILLISECONDS))
                        .addLast(new HttpServerCodec())
                        .addLast(new HttpServerKeepAliveHandler())
                        .addLast(new RequestCollector(options.maxBody))
                        .addLast(new FlowControlHandler())
                        .addLast(new Dispatcher(router, observer, executor));
                  }
                });
    try {
      Channel listener = bootstrap.bind(socketAddress(options)).sync().channel();
      return new HttpServer(acceptors, workers, channels, listener);
    } catch (Exception e) {
      acceptors.shutdownGracefully(0, 0, TimeUnit.SECONDS);
      workers.shutdownGracefully(0, 0, TimeUnit.SECONDS);
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw new IOException(
          "cannot listen on " + options.address + ":" + options.port + ": " + e.getMessage(), e);
    }
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

  /** Stops accepting; connections that are open go on. */
  public void stopAccepting() {
    listener.close().syncUninterruptibly();
  }

  @Override
  public void close() {
    stopAccepting();
    channels.close().awaitUninterruptibly(5, TimeUnit.SECONDS);
    workers.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    acceptors.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
