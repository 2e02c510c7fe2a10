package dev.skald.ruler.remotewrite;

import dev.skald.logql.Labels;
import dev.skald.ruler.evaluate.RecordedSample;
import dev.skald.storage.bytes.ByteWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The message of remote write 1.0, in protobuf:
 *
 * <pre>
 * WriteRequest { repeated TimeSeries timeseries = 1 }
 * TimeSeries   { repeated Label labels = 1; repeated Sample samples = 2 }
 * Label        { string name = 1; string value = 2 }
 * Sample       { double value = 1; int64 timestamp = 2 }
 * </pre>
 *
 * Two messages one after the other are one message with the series of both.
 */
final class WriteRequest {
  private static final int FIELD_1_BYTES = 1 << 3 | 2;
  private static final int FIELD_2_BYTES = 2 << 3 | 2;
  private static final int FIELD_1_FIXED64 = 1 << 3 | 1;
  private static final int FIELD_2_VARINT = 2 << 3;

  private WriteRequest() {}

  /** Encodes samples; those of one series stand together, in their order. */
  static byte[] encode(List<RecordedSample> samples) {
    Map<Labels, List<RecordedSample>> series = new LinkedHashMap<>();
    for (RecordedSample sample : samples) {
      series.computeIfAbsent(sample.labels(), labels -> new ArrayList<>()).add(sample);
    }
    ByteWriter request = new ByteWriter(64 * samples.size());
    series.forEach((labels, own) -> nested(request, FIELD_1_BYTES, timeSeries(labels, own)));
    return request.toByteArray();
  }

  private static ByteWriter timeSeries(Labels labels, List<RecordedSample> samples) {
    ByteWriter out = new ByteWriter();
    for (int i = 0; i < labels.size(); i++) {
      ByteWriter label = new ByteWriter();
      text(label, FIELD_1_BYTES, labels.name(i));
      text(label, FIELD_2_BYTES, labels.value(i));
      nested(out, FIELD_1_BYTES, label);
    }
    for (RecordedSample sample : samples) {
      nested(out, FIELD_2_BYTES, sample(sample));
    }
    return out;
  }

  /** The bits of a NaN count: one of them says that a series has ended. */
  private static ByteWriter sample(RecordedSample sample) {
    return new ByteWriter()
        .u8(FIELD_1_FIXED64)
        .u64(Double.doubleToRawLongBits(sample.value()))
        .u8(FIELD_2_VARINT)
        .varint(sample.timeMillis());
  }

  private static void text(ByteWriter out, int tag, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.u8(tag).varint(utf8.length).bytes(utf8);
  }

  private static void nested(ByteWriter out, int tag, ByteWriter inner) {
    out.u8(tag).varint(inner.size()).bytes(inner.array(), 0, inner.size());
  }
}
