package dev.skald.server.push;

import dev.skald.distributor.PushRequest;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/**
 * Adds text to a request that its body does not hold as it is: printed numbers, flattened names. It
 * may not outgrow the body by much, so that a small body cannot claim a large memory. Not safe for
 * use by several threads.
 */
final class OtlpText {
  private static final long FREE_BYTES = 1 << 20;
  private static final long GROWTH = 16;

  /** Names of structured metadata that stand in no body. */
  enum Name {
    OBSERVED_TIMESTAMP("observed_timestamp"),
    SEVERITY_NUMBER("severity_number"),
    SEVERITY_TEXT("severity_text"),
    DROPPED_ATTRIBUTES_COUNT("dropped_attributes_count"),
    FLAGS("flags"),
    TRACE_ID("trace_id"),
    SPAN_ID("span_id"),
    SCOPE_NAME("scope_name"),
    SCOPE_VERSION("scope_version"),
    SCOPE_DROPPED_ATTRIBUTES_COUNT("scope_dropped_attributes_count");

    private final String text;

    Name(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  private final PushRequest request;
  private final Map<Name, Integer> names = new EnumMap<>(Name.class);
  private long left;

  /**
   * @param bodyLength bytes of the body that the request has taken over
   */
  OtlpText(PushRequest request, int bodyLength) {
    this.request = request;
    long mostIn = Integer.MAX_VALUE - FREE_BYTES - bodyLength;
    this.left = Math.min(FREE_BYTES + GROWTH * bodyLength, Math.max(0, mostIn));
  }

  /** Adds text and returns its place. */
  int append(byte[] text) throws DecodeException {
    spend(text.length);
    return request.append(text, 0, text.length);
  }

  /** Counts text that is kept elsewhere. */
  void spend(int bytes) throws DecodeException {
    left -= bytes;
    if (left < 0) {
      throw new DecodeException("the attributes of the logs request are too large when flattened");
    }
  }

  /** Adds a pair whose value stands at a place already. */
  void named(Name name, int valueStart, int valueLength) throws DecodeException {
    Integer known = names.get(name);
    if (known == null) {
      known = append(name.text().getBytes(StandardCharsets.US_ASCII));
      names.put(name, known);
    }
    request.metadata(known, name.text().length(), valueStart, valueLength);
  }

  /** Adds a pair. */
  void named(Name name, String value) throws DecodeException {
    byte[] text = value.getBytes(StandardCharsets.US_ASCII);
    named(name, append(text), text.length);
  }

  /** Adds a pair with a number, unless it is 0. */
  void number(Name name, long value) throws DecodeException {
    if (value != 0) {
      named(name, Long.toString(value));
    }
  }
}
