package dev.skald.logql;

import com.dynatrace.hash4j.hashing.HashStream64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.charset.StandardCharsets;

/**
 * The hash of a stream: 64-bit xxHash of each label's name, 0xFF, value, 0xFF, in the order of the
 * names. It places the stream on the ring and orders entries of equal time (logql.md §20.4).
 */
public final class StreamHash {
  private static final byte SEPARATOR = (byte) 0xFF;

  private StreamHash() {}

  public static long of(Labels labels) {
    HashStream64 hash = Hashing.xxh64().hashStream();
    for (int i = 0; i < labels.size(); i++) {
      put(hash, labels.name(i));
      put(hash, labels.value(i));
    }
    return hash.getAsLong();
  }

  private static void put(HashStream64 hash, String text) {
    hash.putBytes(text.getBytes(StandardCharsets.UTF_8)).putByte(SEPARATOR);
  }
}
