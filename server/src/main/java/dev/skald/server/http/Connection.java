package dev.skald.server.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: reads a request, has it answered, writes the reply, and only then turns to the
 * next, so that replies leave in the order of their requests. While a request is being answered the
 * socket is still read, to learn that the client hangs up. Lives on its event loop.
 */
final class Connection extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  /** How long to read on after a reply that the client may not have begun to read. */
  private static final Duration LINGER = Duration.ofSeconds(2);

  private enum State {
    WAITING,
    DECIDING,
    READING,
    ANSWERING,
    CLOSING
  }

  private final HttpServer.Services services;
  private final Pending pending = new Pending();
  private DuplexChannel channel;
  private Deadline deadline;
  private BodyPace pace;
  private ReplyWriter writer;
  private State state = State.WAITING;
  private HttpRequest head;
  private RequestReader reader;
  private Exchange exchange;
  private ReplyWriter.Framing framing = new ReplyWriter.Framing(false, "close");

  /** Something that the client sent is not wanted. */
  private boolean unread;

  /** The body waits for memory. */
  private boolean starved;

  /** The client sends no more; it may still read. */
  private boolean inputEnded;

  /** The request is the last that is answered. */
  private boolean last;

  /** So it is because the server stops. */
  private boolean stopping;

  Connection(HttpServer.Services services) {
    this.services = services;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    channel = (DuplexChannel) context.channel();
    deadline = new Deadline(channel.eventLoop());
    pace = new BodyPace(services.limits(), channel.eventLoop());
    writer = new ReplyWriter(channel, services.timeouts().write(), deadline);
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    Duration header = services.timeouts().readHeader();
    deadline.set(header.isZero() ? services.timeouts().read() : header, channel::close);
  }

  /** Finishes what is under way, then closes. */
  void drain() {
    stopping = true;
    last = true;
    if (state == State.WAITING) {
      channel.close();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    switch (state) {
      case CLOSING -> ReferenceCountUtil.release(message);
      case DECIDING -> pending.add((HttpObject) message);
      case ANSWERING -> keep((HttpObject) message);
      case WAITING, READING -> take((HttpObject) message);
    }
  }

  private void keep(HttpObject message) {
    if (last) {
      unread = true;
      ReferenceCountUtil.release(message);
      return;
    }
    pending.add(message);
    readOn();
  }

  /** Reads what there is room for. */
  private void readOn() {
    channel.config().setAutoRead(state != State.DECIDING && !starved && !pending.isFull());
  }

  private void take(HttpObject message) {
    try {
      if (message.decoderResult().isFailure()) {
        refuse(Refusals.malformed(message.decoderResult().cause()));
      } else if (message instanceof HttpRequest head) {
        begin(head);
      } else if (message instanceof HttpContent content && state == State.READING) {
        read(content);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void begin(HttpRequest newHead) {
    head = newHead;
    Response refusal = Refusals.of(head, services.limits().headers());
    framing = framing(head);
    if (refusal != null) {
      refuse(refusal);
      return;
    }
    switch (services.dispatcher().find(head)) {
      case Call call -> receive(call.from(client()));
      case Dispatcher.Undecided undecided -> decide(undecided);
    }
  }

  /** Nothing is read for who may not be allowed to send it. */
  private void decide(Dispatcher.Undecided undecided) {
    state = State.DECIDING;
    deadline.cancel();
    readOn();
    try {
      services.handlers().execute(() -> decided(undecided.check().get()));
    } catch (RejectedExecutionException e) {
      refuse(Refusals.STOPPING);
    }
  }

  private void decided(Call call) {
    try {
      channel.eventLoop().execute(() -> goOn(call));
    } catch (RejectedExecutionException e) {
      LOG.debug("too late to answer: the server has stopped");
    }
  }

  private void goOn(Call call) {
    if (state != State.DECIDING) {
      return;
    }
    receive(call.from(client()));
    takePending();
    if (inputEnded) {
      hangUp();
    }
  }

  private void receive(Call call) {
    state = State.READING;
    reader = new RequestReader(head, call, services.bodies().open(this::resume));
    deadline.set(services.timeouts().read(), () -> refuse(Refusals.TOO_SLOW));
    if (HttpUtil.isTransferEncodingChunked(head) || HttpUtil.getContentLength(head, 0L) > 0) {
      pace.begin(() -> refuse(Refusals.TOO_SLOW));
    }
    if (reader.tooLarge()) {
      refuseBody();
    } else if (HttpUtil.is100ContinueExpected(head)) {
      channel.writeAndFlush(
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
    }
  }

  private String client() {
    return channel.remoteAddress() instanceof InetSocketAddress address
        ? address.getHostString()
        : "";
  }

  private ReplyWriter.Framing framing(HttpRequest head) {
    last |= !HttpUtil.isKeepAlive(head);
    boolean old = head.protocolVersion().equals(HttpVersion.HTTP_1_0);
    String connection = last ? "close" : old ? "keep-alive" : null;
    return new ReplyWriter.Framing(head.method().name().equals("HEAD"), connection, old);
  }

  private void read(HttpContent content) {
    pace.received(content.content().readableBytes());
    boolean goOn = reader.add(content.content());
    if (reader.tooLarge()) {
      refuseBody();
    } else if (content instanceof LastHttpContent) {
      answer();
    } else if (!goOn) {
      starved = true;
      deadline.cancel();
      pace.pause();
      readOn();
    }
  }

  /** There is memory for the rest of the body. For any thread. */
  private void resume() {
    channel
        .eventLoop()
        .execute(
            () -> {
              if (state == State.READING && starved) {
                starved = false;
                pace.resume();
                deadline.set(services.timeouts().read(), () -> refuse(Refusals.TOO_SLOW));
                readOn();
              }
            });
  }

  private void answer() {
    RequestReader request = reader;
    Call call = request.call();
    byte[] body = request.complete();
    starved = false;
    pace.end();
    readOn();
    run(new Exchange(call, body, response -> answered(request, response)));
  }

  /** The body stays where it is; the handler says what to tell the client. */
  private void refuseBody() {
    RequestReader request = reader;
    endHere();
    request.release();
    reply(request.call().tooLarge(request.size()));
  }

  private void run(Exchange next) {
    state = State.ANSWERING;
    deadline.cancel();
    exchange = next;
    try {
      services.handlers().execute(next);
    } catch (RejectedExecutionException e) {
      reader.release();
      refuse(Refusals.STOPPING);
    }
  }

  private void answered(RequestReader request, Response response) {
    try {
      request.release();
      channel.eventLoop().execute(() -> reply(response));
    } catch (Throwable t) {
      LOG.debug("too late to answer: the server has stopped, or has no memory", t);
      if (response.stream() != null) {
        response.stream().breakOff();
      }
      channel.close();
    }
  }

  /** Answers what is no request, or none that can be finished, and closes. */
  private void refuse(Response response) {
    release();
    endHere();
    reply(response);
  }

  /** What the client goes on to send cannot be made sense of. */
  private void endHere() {
    unread = true;
    last = true;
    pace.end();
    framing = new ReplyWriter.Framing(framing.head(), "close");
  }

  private void reply(Response response) {
    state = State.ANSWERING;
    exchange = null;
    reader = null;
    if (response.session() != null) {
      switchOver(response.session());
      return;
    }
    if (last && framing.connection() == null) {
      framing = new ReplyWriter.Framing(framing.head(), "close");
    }
    last |= response.stream() != null && framing.old();
    writer.write(response, framing, this::next);
  }

  /** From here on the connection is a WebSocket, and another handler's. */
  private void switchOver(WebSocketSession session) {
    if (stopping) {
      refuse(Refusals.STOPPING);
      return;
    }
    if (inputEnded || last) {
      channel.close();
      return;
    }
    pending.release();
    channel.config().setAutoRead(true);
    WebSocketConnection.open(
        this, channel, head, new WebSocketConnection.Start(session, services.handlers()));
  }

  private void next() {
    if (last) {
      finish();
      return;
    }
    state = State.WAITING;
    framing = new ReplyWriter.Framing(false, "close");
    takePending();
    if (state != State.ANSWERING && state != State.DECIDING && inputEnded) {
      channel.close();
    } else if (state == State.WAITING) {
      deadline.set(services.timeouts().idle(), channel::close);
    }
  }

  /**
   * Turns to what has come meanwhile; what stands behind a request that is refused is no request.
   */
  private void takePending() {
    while ((state == State.WAITING || state == State.READING) && !pending.isEmpty()) {
      take(pending.poll());
    }
    if (state != State.CLOSING) {
      readOn();
    }
  }

  /**
   * Closes. While the client still sends, closing at once would have its system drop the reply, so
   * that it sees a broken connection instead of an error.
   */
  private void finish() {
    state = State.CLOSING;
    starved = false;
    boolean expected = !unread && pending.isEmpty();
    pending.release();
    if (expected) {
      channel.close();
      return;
    }
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls != null) {
      tls.closeOutbound();
    }
    channel.shutdownOutput();
    deadline.set(LINGER, channel::close);
    channel.config().setAutoRead(true);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (channel.isWritable()) {
      writer.proceed();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
    if (event instanceof ChannelInputShutdownEvent) {
      hangUp();
    }
    super.userEventTriggered(context, event);
  }

  private void hangUp() {
    inputEnded = true;
    if (state == State.DECIDING) {
      return;
    }
    if (state != State.ANSWERING) {
      channel.close();
    } else if (exchange != null) {
      exchange.cancel();
    } else {
      writer.breakOff();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    deadline.cancel();
    pace.end();
    writer.forget();
    if (exchange != null) {
      exchange.cancel();
    } else {
      release();
    }
    pending.release();
    state = State.CLOSING;
  }

  private void release() {
    if (reader != null) {
      reader.release();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.debug("connection failed: {}", context.channel().remoteAddress(), cause);
    context.close();
  }
}
