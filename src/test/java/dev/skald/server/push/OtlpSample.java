package dev.skald.server.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skald.config.DistributorConfig;
import dev.skald.config.OtlpLimits;
import java.util.Set;

/** Builds OpenTelemetry messages as protobuf. */
final class OtlpSample {
  static final long NOW = 1795431552000000000L;

  private final ProtobufWriter out = new ProtobufWriter(256);

  /** Writes the fields of a message. */
  interface Fields {
    void write(OtlpSample message);
  }

  static OtlpMapping mapping(OtlpLimits limits) {
    return new OtlpMapping(limits, Set.copyOf(DistributorConfig.defaults().otlpIndexLabels()));
  }

  static OtlpMapping mapping() {
    return mapping(OtlpLimits.defaults());
  }

  static byte[] message(Fields fields) {
    OtlpSample message = new OtlpSample();
    fields.write(message);
    return message.out.toByteArray();
  }

  OtlpSample message(int field, Fields fields) {
    int mark = out.begin(field);
    fields.write(this);
    out.end(mark);
    return this;
  }

  OtlpSample text(int field, String text) {
    return bytes(field, text.getBytes(UTF_8));
  }

  OtlpSample bytes(int field, byte[] bytes) {
    out.bytes(field, bytes, 0, bytes.length);
    return this;
  }

  OtlpSample varint(int field, long value) {
    out.varint(field, value);
    return this;
  }

  OtlpSample fixed64(int field, long value) {
    out.fixed64(field, value);
    return this;
  }

  OtlpSample fixed32(int field, int value) {
    out.fixed32(field, value);
    return this;
  }

  /** A KeyValue. */
  OtlpSample attribute(int field, String key, Fields value) {
    return message(field, pair -> pair.text(1, key).message(2, value));
  }

  /** A KeyValue with a string. */
  OtlpSample attribute(int field, String key, String value) {
    return attribute(field, key, any -> any.text(1, value));
  }

  /** A whole request of one resource, one scope, and records. */
  static byte[] request(Fields resource, Fields scope, Fields... records) {
    return message(
        request ->
            request.message(
                1,
                resourceLogs ->
                    resourceLogs
                        .message(1, resource)
                        .message(
                            2,
                            scopeLogs -> {
                              scopeLogs.message(1, scope);
                              for (Fields record : records) {
                                scopeLogs.message(2, record);
                              }
                            })));
  }

  /** A record with this as its body. */
  static byte[] record(Fields line) {
    return request(resource -> {}, scope -> {}, record -> record.fixed64(1, 1).message(5, line));
  }
}
