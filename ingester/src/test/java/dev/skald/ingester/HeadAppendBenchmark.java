package dev.skald.ingester;

import dev.skald.ingester.Entries.Entry;
import dev.skald.logql.Labels;
import dev.skald.storage.catalog.HeadId;
import dev.skald.storage.wal.PushRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How long a head takes for 20 records of 2,700 entries in 100 streams with seven pairs each. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class HeadAppendBenchmark {
  private final List<PushRecord> records = new ArrayList<>();
  private final List<Labels> streams = new ArrayList<>();

  @Setup
  public void encode() {
    for (int stream = 0; stream < 100; stream++) {
      streams.add(Labels.of("app", "app-" + stream));
    }
    for (int push = 0; push < 20; push++) {
      List<Entry> entries = new ArrayList<>();
      for (int stream = 0; stream < 100; stream++) {
        Labels labels = streams.get(stream);
        for (int i = 0; i < 27; i++) {
          entries.add(entry(labels, push * 27 + i, stream));
        }
      }
      records.add(Entries.record("t", entries));
    }
  }

  private static Entry entry(Labels labels, int number, int stream) {
    Map<String, String> metadata = new TreeMap<>();
    for (String name : List.of("pod", "node", "image", "team", "zone")) {
      metadata.put(name, name + "-of-stream-" + stream);
    }
    metadata.put("level", number % 10 == 0 ? "error" : "info");
    if (number % 3 == 0) {
      metadata.put("trace_id", Long.toHexString(number * 0x9e3779b97f4a7c15L * (stream + 1)));
    }
    return new Entry(labels, number, "line " + number + " ".repeat(160), metadata);
  }

  @Benchmark
  public long append() {
    Head head = new Head(new HeadId(1), 1 << 24, 0);
    LiveStreams live = new LiveStreams(new ActiveStreams(IngesterListener.NONE), 1 << 20);
    for (Labels labels : streams) {
      live.findOrAdd("t", Entries.slice(labels.toString()), Entries.hash(labels), 0);
    }
    for (PushRecord record : records) {
      head.append(record, live);
      head.commit(0);
    }
    return head.bytes();
  }
}
