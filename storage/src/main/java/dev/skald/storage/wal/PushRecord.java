package dev.skald.storage.wal;

import java.util.Arrays;
import java.util.Objects;

/**
 * Entries of one tenant that were pushed together, encoded as {@code docs/format/wal.md} draws it.
 * The same bytes travel to the shard, into the log and into the head. Read it with a {@link
 * PushRecordReader}.
 *
 * @param bytes holds the record from its first byte on; owned by the record, never changed
 * @param length how many of the bytes belong to the record
 */
public record PushRecord(byte[] bytes, int length) {
  /** No longer record is stored. */
  public static final int MAX_BYTES = 1 << 28;

  public PushRecord {
    Objects.requireNonNull(bytes, "bytes is null");
    Objects.checkFromIndexSize(0, length, bytes.length);
  }

  /** Returns a copy of exactly the record's bytes. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }
}
