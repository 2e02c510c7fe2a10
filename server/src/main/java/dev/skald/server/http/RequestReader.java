package dev.skald.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;

/** Collects one request. For the event loop of its connection alone. */
final class RequestReader {
  private final Call call;
  private final BodyBudget.Share share;
  private final BodyBuffer body;
  private final long announced;
  private long size;

  RequestReader(HttpRequest head, Call call, BodyBudget.Share share) {
    int max = call.handler().maxBody();
    this.call = call;
    this.share = share;
    this.announced = HttpUtil.getContentLength(head, 0L);
    this.body = new BodyBuffer((int) Math.min(max, announced == 0 ? max : announced));
    this.size = announced;
  }

  Call call() {
    return call;
  }

  /** Whether the body is larger than the handler takes. */
  boolean tooLarge() {
    return size > call.handler().maxBody();
  }

  /** How large the body is, as far as is known. */
  long size() {
    return size;
  }

  /** Takes a part of the body; returns whether more may be read now. */
  boolean add(ByteBuf content) {
    size = Math.max(announced, (long) body.length() + content.readableBytes());
    if (tooLarge()) {
      return true;
    }
    int more = content.readableBytes();
    body.add(content);
    return share.add(more);
  }

  /** Ends the body and returns what answers the request. */
  byte[] complete() {
    share.complete();
    return body.take();
  }

  /** Gives back the memory of the body. */
  void release() {
    share.release();
  }
}
