package dev.skald.storage.segment;

import dev.skald.logql.Labels;
import dev.skald.logql.Matcher;
import dev.skald.logql.batch.Stride;
import dev.skald.storage.bytes.ByteReader;
import dev.skald.storage.bytes.ByteWriter;
import dev.skald.storage.bytes.MalformedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.roaringbitmap.RoaringBitmap;

/**
 * Which streams of a segment have a label pair. A matcher runs once for each distinct value of its
 * label. Immutable once built or decoded; safe for use by any thread.
 */
final class Postings {
  private final Map<String, Map<String, RoaringBitmap>> names;
  private final int streams;

  private Postings(Map<String, Map<String, RoaringBitmap>> names, int streams) {
    this.names = names;
    this.streams = streams;
  }

  static Postings of(List<StreamTotals> streams) {
    Map<String, Map<String, RoaringBitmap>> names = new TreeMap<>(Labels::compareBytes);
    for (int ordinal = 0; ordinal < streams.size(); ordinal++) {
      Labels labels = streams.get(ordinal).labels();
      for (int i = 0; i < labels.size(); i++) {
        names
            .computeIfAbsent(labels.name(i), name -> new TreeMap<>(Labels::compareBytes))
            .computeIfAbsent(labels.value(i), value -> new RoaringBitmap())
            .add(ordinal);
      }
    }
    names.values().forEach(values -> values.values().forEach(RoaringBitmap::runOptimize));
    return new Postings(names, streams.size());
  }

  /** Returns the ordinals of the streams that pass all matchers. */
  RoaringBitmap select(List<Matcher> matchers) {
    return select(matchers, new Stride(() -> {}, Long.MAX_VALUE));
  }

  /**
   * Returns the ordinals of the streams that pass all matchers.
   *
   * @param work counts the values that are matched
   */
  RoaringBitmap select(List<Matcher> matchers, Stride work) {
    RoaringBitmap selected = RoaringBitmap.bitmapOfRange(0, streams);
    for (Matcher matcher : matchers) {
      if (selected.isEmpty()) {
        return selected;
      }
      selected.and(select(matcher, work));
    }
    return selected;
  }

  private RoaringBitmap select(Matcher matcher, Stride work) {
    Map<String, RoaringBitmap> values = names.getOrDefault(matcher.name(), Map.of());
    RoaringBitmap passed = new RoaringBitmap();
    if (matcher.matches("")) {
      // An absent label counts as empty: what has none passes.
      passed.add(0L, streams);
      values.forEach(
          (value, having) -> {
            work.step();
            if (!matcher.matches(value)) {
              passed.andNot(having);
            }
          });
      return passed;
    }
    if (matcher.type() == Matcher.Type.EQUAL) {
      RoaringBitmap having = values.get(matcher.value());
      return having == null ? passed : having;
    }
    values.forEach(
        (value, having) -> {
          work.step();
          if (matcher.matches(value)) {
            passed.or(having);
          }
        });
    return passed;
  }

  int streams() {
    return streams;
  }

  void encode(ByteWriter out) {
    out.varint(streams).varint(names.size());
    for (var name : names.entrySet()) {
      out.string(name.getKey()).varint(name.getValue().size());
      for (var value : name.getValue().entrySet()) {
        RoaringBitmap having = value.getValue();
        ByteBuffer serialized = ByteBuffer.allocate(having.serializedSizeInBytes());
        having.serialize(serialized);
        out.string(value.getKey()).varint(serialized.capacity()).bytes(serialized.array());
      }
    }
  }

  static Postings decode(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    int streams = in.varint(0, Integer.MAX_VALUE, "number of streams");
    int nameCount = in.count(2, "number of label names");
    Map<String, Map<String, RoaringBitmap>> names = HashMap.newHashMap(nameCount);
    for (int i = 0; i < nameCount; i++) {
      String name = in.string();
      int valueCount = in.count(2, "number of label values");
      Map<String, RoaringBitmap> values = HashMap.newHashMap(valueCount);
      for (int j = 0; j < valueCount; j++) {
        String value = in.string();
        values.put(value, bitmap(in.bytes(in.count(1, "length of a bitmap")), streams));
      }
      names.put(name, values);
    }
    in.expectEnd();
    return new Postings(names, streams);
  }

  private static RoaringBitmap bitmap(byte[] serialized, int streams) {
    RoaringBitmap bitmap = new RoaringBitmap();
    try {
      bitmap.deserialize(ByteBuffer.wrap(serialized));
    } catch (IOException | RuntimeException failure) {
      throw new MalformedException("not a bitmap of streams: " + failure);
    }
    if (!bitmap.isEmpty() && bitmap.last() >= streams) {
      throw new MalformedException("stream " + bitmap.last() + ", wanted less than " + streams);
    }
    return bitmap;
  }
}
