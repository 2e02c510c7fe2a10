package dev.skald.server.push;

import dev.skald.distributor.Distributor;
import dev.skald.distributor.PushOutcome;
import dev.skald.distributor.PushRequest;
import dev.skald.server.http.Handler;
import dev.skald.server.http.Request;
import dev.skald.server.http.Response;
import dev.skald.server.http.Tenants;

/** {@code POST /loki/api/v1/push} and {@code /api/prom/push} (http-api.md §4). */
public final class PushApi implements Handler {
  private static final int MAX_LABELS = 16 << 20;

  private final Distributor distributor;
  private final Tenants tenants;
  private final PushMemory memory;
  private final int maxBody;

  /**
   * @param maxBody largest body as received, in bytes
   * @param memory bounds what bodies take once decompressed
   */
  public PushApi(Distributor distributor, Tenants tenants, int maxBody, PushMemory memory) {
    this.distributor = distributor;
    this.tenants = tenants;
    this.maxBody = memory.maxBody(maxBody);
    this.memory = memory;
  }

  @Override
  public Response handle(Request request) throws InterruptedException {
    String tenant = tenants.single(request);
    try {
      boolean json = isJson(request);
      boolean compressed = !json || !request.header("content-encoding").isEmpty();
      PushOutcome outcome =
          memory.run(
              request.body().length,
              compressed,
              grant -> {
                PushRequest push = decode(request, json, grant);
                return distributor.push(tenant, push, PushOutcome.Format.LOKI);
              });
      return PushResponses.text(outcome);
    } catch (DecodeException e) {
      return PushResponses.withRetryAfter(e, Response.line(e.status(), e.getMessage()));
    }
  }

  @Override
  public int maxBody() {
    return maxBody;
  }

  @Override
  public Response tooLarge(Request request, long size) {
    try {
      return isJson(request)
          ? Response.line(400, "compressed message size " + size + " exceeds limit " + maxBody)
          : Response.line(413, Handler.tooLargeText(size, maxBody));
    } catch (DecodeException e) {
      return Response.line(e.status(), e.getMessage());
    }
  }

  private static boolean isJson(Request request) throws DecodeException {
    return MediaType.parse(request.header("content-type")).equals("application/json");
  }

  private static PushRequest decode(Request request, boolean json, PushGrant grant)
      throws DecodeException {
    byte[] body = decompress(request.body(), request.header("content-encoding"), grant);
    PushRequest push = json ? json(request.path(), body, grant) : protobuf(body, grant);
    checkLabelSizes(push);
    return push;
  }

  private static PushRequest protobuf(byte[] body, PushGrant grant) throws DecodeException {
    byte[] message = grant.decompressor().snappy(body);
    grant.take(message.length);
    return ProtobufPushDecoder.decode(message, grant);
  }

  private static PushRequest json(String path, byte[] body, PushGrant grant)
      throws DecodeException {
    return path.contains("/loki/api/v1")
        ? JsonPushDecoder.decode(body, grant)
        : LegacyJsonPushDecoder.decode(body, grant);
  }

  private static void checkLabelSizes(PushRequest push) throws DecodeException {
    for (int stream = 0; stream < push.streams(); stream++) {
      int size = push.labels(stream).length;
      if (size > MAX_LABELS) {
        throw new DecodeException(
            413,
            "request body too large: stream labels size %s exceeds limit of %s"
                .formatted(megabytes(size), megabytes(MAX_LABELS)));
      }
    }
  }

  private static String megabytes(int bytes) {
    return Math.round(bytes / 1e6) + " MB";
  }

  private static byte[] decompress(byte[] body, String encoding, PushGrant grant)
      throws DecodeException {
    byte[] plain =
        switch (encoding) {
          case "", "snappy" -> body;
          case "gzip" -> grant.decompressor().gzip(body);
          case "deflate" -> grant.decompressor().deflate(body);
          default ->
              throw new DecodeException("Content-Encoding \"" + encoding + "\" not supported");
        };
    grant.take(plain == body ? 0 : plain.length);
    return plain;
  }
}
