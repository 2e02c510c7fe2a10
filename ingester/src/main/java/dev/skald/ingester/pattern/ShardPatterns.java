package dev.skald.ingester.pattern;

import dev.skald.config.PatternConfig;
import dev.skald.logql.Labels;
import dev.skald.logql.batch.Slice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The templates of the streams of one shard. The shard's thread calls {@link #begin}, then for each
 * stream {@link #stream} and {@link #add}, and {@link #end}; any thread may collect.
 *
 * <p>Memory is bounded: past a number of streams or bytes, those without a line for longest are
 * forgotten.
 */
public final class ShardPatterns {

  /**
   * How much a shard may remember.
   *
   * @param bytes about how much memory it takes
   */
  record Bounds(int streams, long bytes) {}

  private final PatternConfig config;
  private final Bounds bounds;
  private final long retainNanos;
  private final long intervalNanos;
  private final Map<String, Map<Labels, StreamPatterns>> tenants = new ConcurrentHashMap<>();

  private final LineTokens tokens = new LineTokens();
  private List<String> fieldNames = List.of();
  private byte[][] jsonFields = new byte[0][];

  private String tenant;
  private Labels labels;
  private StreamPatterns current;
  private long currentBytes;
  private long nowNanos;
  private int streams;
  private long bytes;

  ShardPatterns(PatternConfig config, Bounds bounds) {
    this.config = config;
    this.bounds = bounds;
    this.retainNanos = config.retainFor().toNanos();
    this.intervalNanos = config.sampleInterval().toNanos();
  }

  /**
   * Starts with entries of a tenant.
   *
   * @param newFields names of the fields of JSON lines whose text is mined
   */
  public void begin(String newTenant, List<String> newFields, long now) {
    tenant = newTenant;
    nowNanos = now;
    if (!newFields.equals(fieldNames)) {
      fieldNames = newFields;
      jsonFields =
          newFields.stream()
              .map(name -> name.getBytes(StandardCharsets.UTF_8))
              .toArray(byte[][]::new);
    }
  }

  /** Starts with entries of a stream. */
  public void stream(Labels newLabels) {
    end();
    labels = newLabels;
  }

  /**
   * Counts an entry, unless it is too far from now, too long, or has no words.
   *
   * @param level its detected level; may be empty
   * @param timestamp in unix nanoseconds
   */
  public void add(Slice level, long timestamp, Slice line) {
    boolean near = timestamp >= nowNanos - retainNanos && timestamp <= nowNanos + retainNanos;
    if (!near || line.length > config.maxLineLength() || !tokens.read(line, jsonFields)) {
      return;
    }
    if (current == null) {
      current = findOrAdd();
      currentBytes = current.bytes();
    }
    current.add(level, tokens, Math.floorDiv(timestamp, intervalNanos));
  }

  private StreamPatterns findOrAdd() {
    Map<Labels, StreamPatterns> own =
        tenants.computeIfAbsent(tenant, name -> new ConcurrentHashMap<>());
    StreamPatterns known = own.get(labels);
    if (known == null) {
      known = new StreamPatterns(tenant, labels, config.maxClusters());
      own.put(labels, known);
      streams++;
      bytes += known.bytes();
    }
    return known;
  }

  /** Ends what was begun; forgets streams if there are too many. */
  public void end() {
    if (current == null) {
      return;
    }
    current.seenNanos = nowNanos;
    bytes += current.bytes() - currentBytes;
    current = null;
    if (streams > bounds.streams || bytes > bounds.bytes) {
      forgetLongestUnseen();
    }
  }

  /** Makes some room beyond what is needed, so that not every stream to come needs a search. */
  private void forgetLongestUnseen() {
    List<StreamPatterns> all = all();
    all.sort(Comparator.comparingLong(stream -> stream.seenNanos));
    for (StreamPatterns stream : all) {
      if (streams <= bounds.streams / 8 * 7 && bytes <= bounds.bytes / 8 * 7) {
        return;
      }
      remove(stream);
      bytes -= stream.bytes();
    }
  }

  private List<StreamPatterns> all() {
    List<StreamPatterns> all = new ArrayList<>(streams);
    tenants.values().forEach(own -> all.addAll(own.values()));
    return all;
  }

  private void remove(StreamPatterns stream) {
    Map<Labels, StreamPatterns> own = tenants.get(stream.tenant);
    own.remove(stream.labels);
    if (own.isEmpty()) {
      tenants.remove(stream.tenant);
    }
    streams--;
  }

  /** Forgets entries that are older than is retained; for the shard's thread. */
  public void expire(long now) {
    long oldest = Math.floorDiv(now - retainNanos, intervalNanos);
    for (StreamPatterns stream : all()) {
      bytes -= stream.bytes();
      if (stream.expire(oldest)) {
        remove(stream);
      } else {
        bytes += stream.bytes();
      }
    }
  }

  /** Returns about how much memory the templates take; for the shard's thread. */
  long bytes() {
    return bytes;
  }

  int streams() {
    return streams;
  }

  void collect(PatternQuery query, long now, SeriesCollector target) {
    long start = Math.floorDiv(Math.max(query.start(), now - retainNanos), intervalNanos);
    long end = Math.ceilDiv(query.end(), intervalNanos);
    for (StreamPatterns stream : tenants.getOrDefault(query.tenant(), Map.of()).values()) {
      target.stream();
      if (query.wants(stream.labels)) {
        stream.collect(start, end, target);
      }
    }
  }
}
