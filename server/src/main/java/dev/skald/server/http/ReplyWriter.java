package dev.skald.server.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;

/**
 * Writes replies to one connection, a piece at a time, no faster than the client reads. A client
 * that takes nothing for as long as the timeout is cut off. For its event loop alone.
 */
final class ReplyWriter {
  private static final int PIECE = 1 << 17;

  private final Channel channel;
  private final Duration timeout;
  private final Deadline deadline;
  private Response response;
  private int sent;
  private int end;
  private Runnable done;

  /**
   * @param timeout for a piece, zero for none
   */
  ReplyWriter(Channel channel, Duration timeout, Deadline deadline) {
    this.channel = channel;
    this.timeout = timeout;
    this.deadline = deadline;
  }

  /**
   * How the reply is framed.
   *
   * @param head whether the request wants no body
   * @param connection value of the header, or null
   * @param old whether the client knows no chunks, so that a reply of unknown length ends with the
   *     connection
   */
  record Framing(boolean head, String connection, boolean old) {
    Framing(boolean head, String connection) {
      this(head, connection, false);
    }
  }

  /**
   * Begins to write, if there still is a client.
   *
   * @param whenDone runs when the last byte has been handed to the system
   */
  void write(Response reply, Framing framing, Runnable whenDone) {
    if (!channel.isActive()) {
      if (reply.stream() != null) {
        reply.stream().breakOff();
      }
      return;
    }
    response = reply;
    sent = 0;
    end = framing.head ? 0 : reply.length();
    done = whenDone;
    channel.write(head(reply, framing));
    if (reply.stream() != null && framing.head) {
      reply.stream().breakOff();
      end();
      return;
    }
    if (reply.stream() != null) {
      open(reply.stream());
    }
    proceed();
  }

  private void open(StreamedBody body) {
    body.open(() -> channel.eventLoop().execute(this::proceed));
    if (!channel.isActive()) {
      body.breakOff();
    }
  }

  /** Writes on, after the client has read. */
  void proceed() {
    if (response == null) {
      return;
    }
    if (response.stream() != null) {
      stream(response.stream());
      return;
    }
    deadline.set(timeout, channel::close);
    while (sent < end && channel.isWritable()) {
      int length = Math.min(PIECE, end - sent);
      channel.write(new DefaultHttpContent(Unpooled.wrappedBuffer(response.body(), sent, length)));
      sent += length;
    }
    if (sent < end) {
      channel.flush();
      return;
    }
    end();
  }

  /** The time of a client counts while it does not read, not while the next piece is made. */
  private void stream(StreamedBody body) {
    while (channel.isWritable()) {
      byte[] piece = body.poll();
      if (piece == null) {
        deadline.cancel();
        channel.flush();
        if (body.isBroken()) {
          response = null;
          channel.close();
        } else if (body.isOver()) {
          end();
        }
        return;
      }
      channel.write(new DefaultHttpContent(Unpooled.wrappedBuffer(piece)));
    }
    deadline.set(timeout, channel::close);
    channel.flush();
  }

  /** The client has gone, or sends no more and need not get a reply that is still being made. */
  void breakOff() {
    if (response != null && response.stream() != null) {
      response.stream().breakOff();
    }
  }

  /** The connection is closed. */
  void forget() {
    breakOff();
    response = null;
  }

  /** Whether no reply is being written. */
  boolean isIdle() {
    return response == null;
  }

  private void end() {
    response = null;
    Runnable next = done;
    channel
        .writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT)
        .addListener(
            written -> {
              deadline.cancel();
              if (written.isSuccess()) {
                next.run();
              } else {
                channel.close();
              }
            });
  }

  /** A status that has no name gets the one that Go gives it. */
  private static HttpResponseStatus status(int code) {
    HttpResponseStatus status = HttpResponseStatus.valueOf(code);
    boolean named = !status.reasonPhrase().endsWith("(" + code + ")");
    return named ? status : new HttpResponseStatus(code, "status code " + code);
  }

  private static HttpResponse head(Response reply, Framing framing) {
    HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, status(reply.status()));
    if (reply.contentType() != null) {
      head.headers().set(HttpHeaderNames.CONTENT_TYPE, reply.contentType());
    }
    reply.headers().forEach((name, value) -> head.headers().set(name, value));
    if (reply.stream() != null && framing.old) {
      head.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
      return head;
    }
    if (reply.stream() != null && !framing.head) {
      head.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    } else if (reply.stream() == null && reply.status() != 204) {
      head.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, reply.length());
    }
    if (framing.connection != null) {
      head.headers().set(HttpHeaderNames.CONNECTION, framing.connection);
    }
    return head;
  }
}
