package dev.skald.ruler.evaluate;

import dev.skald.logql.Labels;
import dev.skald.ruler.rules.RuleGroup;
import dev.skald.ruler.status.AlertState;
import dev.skald.storage.bytes.ByteReader;
import dev.skald.storage.bytes.ByteWriter;
import dev.skald.storage.bytes.Crc32c;
import dev.skald.storage.bytes.MalformedException;
import dev.skald.storage.object.CorruptDataException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Reads and writes what {@code storage/docs/format/alerts.md} draws. */
final class SavedGroupCodec {
  private static final byte[] MAGIC = "SKALDALR".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;
  private static final int HEAD = 16;
  private static final int AROUND = HEAD + 4;
  private static final long NANOS = 1_000_000_000;
  private static final List<AlertState> STATES =
      List.of(AlertState.PENDING, AlertState.FIRING, AlertState.INACTIVE);

  private SavedGroupCodec() {}

  static byte[] encode(SavedGroup group) {
    ByteWriter payload = new ByteWriter();
    RuleGroup.Key key = group.key();
    payload.string(key.tenant()).string(key.namespace()).string(key.name());
    time(payload, group.savedAt());
    payload.varint(group.rules().size());
    group.rules().forEach(rule -> rule(payload, rule));
    ByteWriter out = new ByteWriter(AROUND + payload.size());
    out.bytes(MAGIC).u32(VERSION).u32(payload.size()).bytes(payload.array(), 0, payload.size());
    return out.u32(Crc32c.of(out.array(), 0, out.size())).toByteArray();
  }

  private static void rule(ByteWriter out, SavedRule rule) {
    out.string(rule.identity().name());
    texts(out, rule.identity().labels());
    out.varint(rule.alerts().size());
    rule.alerts().forEach(alert -> alert(out, alert));
  }

  private static void alert(ByteWriter out, TrackedAlert alert) {
    AlertLife life = alert.life();
    Map<String, String> labels = new TreeMap<>();
    for (int i = 0; i < alert.labels().size(); i++) {
      labels.put(alert.labels().name(i), alert.labels().value(i));
    }
    texts(out, labels);
    texts(out, alert.annotations());
    out.u64(Double.doubleToRawLongBits(alert.value())).u8(STATES.indexOf(life.state()) + 1);
    time(out, life.activeAt());
    for (Optional<Instant> time : List.of(life.firedAt(), life.resolvedAt(), life.keptSince())) {
      out.u8(time.isPresent() ? 1 : 0);
      time.ifPresent(known -> time(out, known));
    }
  }

  private static void texts(ByteWriter out, Map<String, String> texts) {
    out.varint(texts.size());
    texts.forEach((name, value) -> out.string(name).string(value));
  }

  private static void time(ByteWriter out, Instant time) {
    out.zigzag(Math.addExact(Math.multiplyExact(time.getEpochSecond(), NANOS), time.getNano()));
  }

  /**
   * @throws CorruptDataException if the bytes are not what was written
   */
  static SavedGroup decode(String place, byte[] bytes) throws CorruptDataException {
    if (bytes.length < AROUND || !Arrays.equals(bytes, 0, 8, MAGIC, 0, 8)) {
      throw new CorruptDataException(place, 0, "wanted the magic bytes of saved alerts");
    }
    ByteReader head = new ByteReader(bytes, 8, 8);
    int version = head.u32();
    int length = head.u32();
    if (length != bytes.length - AROUND) {
      throw new CorruptDataException(
          place, 12, length + " bytes of payload, wanted " + (bytes.length - AROUND));
    }
    if (new ByteReader(bytes, bytes.length - 4, 4).u32() != Crc32c.of(bytes, 0, bytes.length - 4)) {
      throw new CorruptDataException(place, bytes.length - 4, "the checksum is wrong");
    }
    if (version != VERSION) {
      throw new CorruptDataException(place, 8, "version " + version + ", wanted " + VERSION);
    }
    ByteReader in = new ByteReader(bytes, HEAD, length);
    try {
      SavedGroup group = group(in);
      in.expectEnd();
      return group;
    } catch (MalformedException | IllegalArgumentException e) {
      throw new CorruptDataException(place, in.position(), e.getMessage());
    }
  }

  private static SavedGroup group(ByteReader in) {
    RuleGroup.Key key = new RuleGroup.Key(in.string(), in.string(), in.string());
    return new SavedGroup(key, time(in), list(in, 3, "number of rules", () -> rule(in)));
  }

  private static SavedRule rule(ByteReader in) {
    SavedRule.Identity identity = new SavedRule.Identity(in.string(), texts(in));
    return new SavedRule(identity, list(in, 15, "number of alerts", () -> alert(in)));
  }

  private static TrackedAlert alert(ByteReader in) {
    Labels labels = Labels.of(texts(in));
    Map<String, String> annotations = texts(in);
    double value = Double.longBitsToDouble(in.u64());
    AlertState state = STATES.get(in.varint(1, STATES.size(), "state") - 1);
    AlertLife life = new AlertLife(state, time(in), maybe(in), maybe(in), maybe(in));
    return new TrackedAlert(labels, annotations, value, life, Instant.MIN);
  }

  private static Map<String, String> texts(ByteReader in) {
    Map<String, String> texts = new TreeMap<>();
    for (int count = in.count(2, "number of labels"); count > 0; count--) {
      texts.put(in.string(), in.string());
    }
    return texts;
  }

  private static Optional<Instant> maybe(ByteReader in) {
    return in.varint(0, 1, "presence of a time") == 0 ? Optional.empty() : Optional.of(time(in));
  }

  private static Instant time(ByteReader in) {
    return Instant.ofEpochSecond(0, in.zigzag());
  }

  private static <T> List<T> list(ByteReader in, int least, String what, Supplier<T> element) {
    List<T> list = new ArrayList<>();
    for (int count = in.count(least, what); count > 0; count--) {
      list.add(element.get());
    }
    return list;
  }
}
