package dev.skald.storage.segment;

import dev.skald.logql.Labels;
import dev.skald.storage.bytes.ByteReader;
import dev.skald.storage.bytes.ByteWriter;
import dev.skald.storage.bytes.MalformedException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The section of the streams of a segment: their labels as numbers of texts that stand once each,
 * and their totals. A stream's ordinal is its place here.
 */
final class StreamTable {
  private StreamTable() {}

  static void encode(List<StreamTotals> streams, ByteWriter out) {
    TreeMap<String, Integer> texts = new TreeMap<>(Labels::compareBytes);
    for (StreamTotals stream : streams) {
      Labels labels = stream.labels();
      for (int i = 0; i < labels.size(); i++) {
        texts.put(labels.name(i), 0);
        texts.put(labels.value(i), 0);
      }
    }
    out.varint(texts.size());
    int next = 0;
    for (var text : texts.entrySet()) {
      out.string(text.getKey());
      text.setValue(next++);
    }
    out.varint(streams.size());
    for (StreamTotals stream : streams) {
      encodeStream(stream, texts, out);
    }
  }

  private static void encodeStream(
      StreamTotals stream, TreeMap<String, Integer> texts, ByteWriter out) {
    Labels labels = stream.labels();
    out.varint(labels.size());
    for (int i = 0; i < labels.size(); i++) {
      out.varint(texts.get(labels.name(i))).varint(texts.get(labels.value(i)));
    }
    out.u64(stream.hash());
    out.zigzag(stream.minTime()).varint(stream.maxTime() - stream.minTime());
    out.varint(stream.entries()).varint(stream.lineBytes()).varint(stream.metadataBytes());
  }

  static List<StreamTotals> decode(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    String[] texts = new String[in.count(1, "number of texts")];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = in.string();
    }
    int count = in.count(14, "number of streams");
    List<StreamTotals> streams = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      streams.add(decodeStream(in, texts));
    }
    in.expectEnd();
    return List.copyOf(streams);
  }

  private static StreamTotals decodeStream(ByteReader in, String[] texts) {
    int pairs = in.count(2, "number of labels");
    Labels.Builder labels = new Labels.Builder();
    for (int i = 0; i < pairs; i++) {
      String name = texts[in.varint(0, texts.length - 1, "label name")];
      labels.add(name, texts[in.varint(0, texts.length - 1, "label value")]);
    }
    long hash = in.u64();
    long min = in.zigzag();
    long max = min + in.varint();
    return new StreamTotals(build(labels), hash, min, max, in.varint(), in.varint(), in.varint());
  }

  private static Labels build(Labels.Builder labels) {
    try {
      return labels.build();
    } catch (IllegalArgumentException failure) {
      throw new MalformedException(failure.getMessage());
    }
  }
}
