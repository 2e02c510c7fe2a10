package dev.skald.distributor;

import dev.skald.config.IngestLimits;
import dev.skald.config.Limits;
import dev.skald.logql.Labels;
import dev.skald.logql.StreamHash;
import dev.skald.logql.batch.Slice;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Turns the label text of a push into a stream: parses it, adds {@code service_name}, checks it
 * against the limits. Clients send the same text again and again, so answers are remembered. Safe
 * for use by any thread.
 */
final class StreamResolver {
  private static final int MOST_REMEMBERED = 100_000;

  /** What is remembered of a stream beside its labels, which it holds in several forms. */
  private static final long STREAM_BYTES = 600;

  private static final long FORMS = 6;
  private static final int LONGEST_REMEMBERED = 1024;
  private static final String SERVICE_NAME = "service_name";

  private record Key(String tenant, Limits limits, byte[] text, int hash) {
    static Key of(String tenant, Limits limits, byte[] text) {
      return new Key(tenant, limits, text, 31 * tenant.hashCode() + Arrays.hashCode(text));
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(Object object) {
      return object instanceof Key other
          && hash == other.hash
          && limits == other.limits
          && tenant.equals(other.tenant)
          && Arrays.equals(text, other.text);
    }
  }

  private final Map<Key, ResolvedStream> known = new ConcurrentHashMap<>();
  private final AtomicLong knownBytes = new AtomicLong();
  private final long mostBytes;

  /**
   * @param mostBytes about how much memory may be taken by what is remembered
   */
  StreamResolver(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** Returns how many streams are remembered. */
  int size() {
    return known.size();
  }

  /**
   * Returns the stream of a label text.
   *
   * @throws LabelParseException if the text is no label set
   */
  ResolvedStream resolve(String tenant, Limits limits, byte[] text) throws LabelParseException {
    Key key = Key.of(tenant, limits, text);
    ResolvedStream stream = known.get(key);
    if (stream == null) {
      stream = resolve(tenant, limits, LabelParser.parse(text));
      remember(key, stream);
    }
    return stream;
  }

  private void remember(Key key, ResolvedStream stream) {
    if (key.text.length > LONGEST_REMEMBERED) {
      return;
    }
    long bytes = STREAM_BYTES + FORMS * key.text.length;
    if (known.size() >= MOST_REMEMBERED || knownBytes.get() + bytes > mostBytes) {
      known.clear();
      knownBytes.set(0);
    }
    if (known.put(key, stream) == null) {
      knownBytes.addAndGet(bytes);
    }
  }

  private static ResolvedStream resolve(
      String tenant, Limits limits, List<LabelParser.Pair> pairs) {
    Labels.Builder builder = new Labels.Builder();
    Set<String> names = new HashSet<>();
    String duplicate = null;
    for (LabelParser.Pair pair : pairs) {
      if (pair.value().isEmpty()) {
        continue;
      }
      if (names.add(pair.name())) {
        builder.add(pair.name(), pair.value());
      } else if (duplicate == null) {
        duplicate = pair.name();
      }
    }
    Labels labels = withServiceName(builder.build(), limits.ingest().discoverServiceName());
    String text = labels.toString();
    Rejection rejection =
        duplicate != null
            ? Rejection.badRequest(
                "duplicate_label_names",
                "stream '" + text + "' has duplicate label name: '" + duplicate + "'")
            : StreamCheck.check(tenant, limits, labels);
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    Slice canonical = new Slice();
    canonical.set(utf8, 0, utf8.length);
    return new ResolvedStream(
        labels, text, canonical, StreamHash.of(labels), level(labels, limits.ingest()), rejection);
  }

  /** Adds {@code service_name} from the first label that tells it (http-api.md §4.5 (1)). */
  private static Labels withServiceName(Labels labels, List<String> candidates) {
    boolean skip =
        candidates.isEmpty()
            || labels.get(SERVICE_NAME) != null
            || labels.get("__aggregated_metric__") != null
            || labels.get("__pattern__") != null;
    if (skip) {
      return labels;
    }
    for (String candidate : candidates) {
      String value = labels.get(candidate);
      if (value != null) {
        return labels.toBuilder().add(SERVICE_NAME, value).build();
      }
    }
    return labels.toBuilder().add(SERVICE_NAME, "unknown_service").build();
  }

  private static byte[] level(Labels labels, IngestLimits limits) {
    for (String field : limits.logLevelFields()) {
      String value = labels.get(field);
      if (value != null) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        Level level = Level.of(bytes, 0, bytes.length);
        return level == null ? bytes : level.text();
      }
    }
    return null;
  }
}
