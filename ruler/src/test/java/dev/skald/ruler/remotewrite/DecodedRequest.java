package dev.skald.ruler.remotewrite;

import dev.skald.logql.Labels;
import dev.skald.ruler.evaluate.RecordedSample;
import dev.skald.storage.bytes.ByteReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.xerial.snappy.Snappy;

/** Reads requests of remote write as their receivers do. */
final class DecodedRequest {
  private DecodedRequest() {}

  /** Returns the samples of a body as it is sent, by series. */
  static List<RecordedSample> ofBody(byte[] body) {
    try {
      return of(Snappy.uncompress(body));
    } catch (IOException e) {
      throw new AssertionError("not snappy", e);
    }
  }

  static List<RecordedSample> of(byte[] request) {
    List<RecordedSample> samples = new ArrayList<>();
    ByteReader in = new ByteReader(request);
    while (in.remaining() > 0) {
      series(nested(in, 0x0A), samples);
    }
    return samples;
  }

  private static void series(ByteReader in, List<RecordedSample> samples) {
    List<String> pairs = new ArrayList<>();
    while (in.remaining() > 0) {
      int tag = in.u8();
      ByteReader inner = new ByteReader(in.bytes((int) in.varint()));
      if (tag == 0x0A) {
        pairs.add(text(inner, 0x0A));
        pairs.add(text(inner, 0x12));
      } else {
        expect(tag, 0x12);
        expect(inner.u8(), 0x09);
        double value = Double.longBitsToDouble(inner.u64());
        expect(inner.u8(), 0x10);
        samples.add(
            new RecordedSample(Labels.of(pairs.toArray(String[]::new)), inner.varint(), value));
      }
      inner.expectEnd();
    }
  }

  private static ByteReader nested(ByteReader in, int tag) {
    expect(in.u8(), tag);
    return new ByteReader(in.bytes((int) in.varint()));
  }

  private static String text(ByteReader in, int tag) {
    expect(in.u8(), tag);
    return in.string();
  }

  private static void expect(int got, int wanted) {
    if (got != wanted) {
      throw new AssertionError("tag " + got + ", wanted " + wanted);
    }
  }
}
