package dev.skald.server.push;

import dev.skald.config.Overrides;
import dev.skald.distributor.Distributor;
import dev.skald.distributor.PushOutcome;
import dev.skald.distributor.PushRequest;
import dev.skald.distributor.Rejection;
import dev.skald.server.http.Handler;
import dev.skald.server.http.HttpException;
import dev.skald.server.http.Request;
import dev.skald.server.http.Response;
import dev.skald.server.http.Tenants;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** {@code POST /otlp/v1/logs} (http-api.md §5). Errors are {@code google.rpc.Status} messages. */
public final class OtlpApi implements Handler {
  private static final String PROTOBUF = "application/x-protobuf";
  private static final String JSON = "application/json";

  private final Distributor distributor;
  private final Tenants tenants;
  private final Overrides overrides;
  private final InstantSource clock;
  private final PushMemory memory;
  private final int maxBody;
  private final Set<String> indexLabels;

  public OtlpApi(
      Distributor distributor,
      Tenants tenants,
      Overrides overrides,
      InstantSource clock,
      OtlpOptions options) {
    this.distributor = distributor;
    this.tenants = tenants;
    this.overrides = overrides;
    this.clock = clock;
    this.memory = options.memory;
    this.maxBody = options.memory.maxBody(options.maxBody);
    this.indexLabels = Set.copyOf(options.indexLabels);
  }

  /**
   * What the process says of OpenTelemetry pushes.
   *
   * @param maxBody largest body as received, in bytes
   * @param memory bounds what bodies take once decompressed
   * @param indexLabels resource attributes that become stream labels where a tenant does not say
   *     otherwise
   */
  public record OtlpOptions(int maxBody, PushMemory memory, List<String> indexLabels) {}

  @Override
  public Response handle(Request request) throws InterruptedException {
    String tenant;
    try {
      tenant = tenants.single(request);
    } catch (HttpException e) {
      if (e.status() != 400) {
        throw e;
      }
      return error(400, e.getMessage().stripTrailing());
    }
    return push(tenant, request);
  }

  private Response push(String tenant, Request request) throws InterruptedException {
    PushOutcome outcome;
    try {
      outcome =
          memory.run(
              request.body().length,
              !request.header("content-encoding").isEmpty(),
              grant -> {
                PushRequest push = decode(tenant, request, grant);
                return distributor.push(tenant, push, PushOutcome.Format.OTLP);
              });
    } catch (DecodeException e) {
      return PushResponses.withRetryAfter(e, error(e.status(), e.getMessage()));
    }
    Rejection rejection = outcome.rejection();
    return rejection == null
        ? Response.noContent()
        : PushResponses.withRetryAfter(
            rejection, error(PushResponses.status(rejection), rejection.message()));
  }

  @Override
  public int maxBody() {
    return maxBody;
  }

  @Override
  public Response tooLarge(Request request, long size) {
    return error(413, Handler.tooLargeText(size, maxBody));
  }

  private PushRequest decode(String tenant, Request request, PushGrant grant)
      throws DecodeException {
    String type = request.header("content-type");
    if (!type.equals(PROTOBUF) && !type.equals(JSON)) {
      throw new DecodeException("content type: " + type + " is not supported");
    }
    byte[] body = decompress(request.body(), request.header("content-encoding"), grant);
    if (type.equals(JSON)) {
      grant.take(body.length);
      body = OtlpJsonTranscoder.transcode(body);
    }
    Instant now = clock.instant();
    long nanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
    OtlpMapping mapping = new OtlpMapping(overrides.limits(tenant).otlp(), indexLabels);
    return OtlpProtobufDecoder.decode(body, mapping, nanos, grant);
  }

  private static byte[] decompress(byte[] body, String encoding, PushGrant grant)
      throws DecodeException {
    byte[] plain =
        switch (encoding) {
          case "" -> body;
          case "gzip" -> grant.decompressor().gzip(body);
          case "zstd" -> grant.decompressor().zstd(body);
          case "lz4" -> grant.decompressor().lz4(body);
          default ->
              throw new DecodeException(
                  "unsupported content encoding "
                      + encoding
                      + ": only gzip, lz4 and zstd are supported");
        };
    grant.take(plain == body ? 0 : plain.length);
    return plain;
  }

  private static Response error(int status, String message) {
    ProtobufWriter out = new ProtobufWriter(message.length() + 8);
    byte[] text = message.getBytes(StandardCharsets.UTF_8);
    out.bytes(2, text, 0, text.length);
    return Response.bytes(status, "application/octet-stream", out.toByteArray());
  }
}
