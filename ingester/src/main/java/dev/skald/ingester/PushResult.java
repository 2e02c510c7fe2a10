package dev.skald.ingester;

import java.util.List;
import java.util.Objects;

/**
 * What became of a pushed record: everything that is not rejected here is stored. Entries that were
 * stored before already count as stored.
 *
 * @param rejections what was left out, in the order of the streams in the record; empty if nothing
 */
public record PushResult(List<StreamRejection> rejections) {
  public static final PushResult ACCEPTED = new PushResult(List.of());

  public PushResult {
    rejections = List.copyOf(rejections);
  }

  /** Returns whether every entry was stored. */
  public boolean accepted() {
    return rejections.isEmpty();
  }

  /** Why an entry was not stored. {@link #label} is its name in metrics (http-api.md §4.6). */
  public enum Reason {
    /** The stream is new and its tenant has as many active ones as it may. */
    STREAM_LIMIT("stream_limit"),
    /** The stream's own rate is spent. */
    PER_STREAM_RATE_LIMIT("per_stream_rate_limit"),
    /** Older than the stream's newest entry by more than the out-of-order window. */
    TOO_FAR_BEHIND("too_far_behind"),
    /** Older than the stream's newest entry where order is demanded. */
    OUT_OF_ORDER("out_of_order");

    private final String label;

    Reason(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }

  /**
   * The entries of one stream that were not stored.
   *
   * @param labels the stream's canonical labels text
   * @param streamEntries how many entries the record has for the stream
   * @param entries those not stored, in the order of the record
   */
  public record StreamRejection(String labels, int streamEntries, List<RejectedEntry> entries) {
    public StreamRejection {
      Objects.requireNonNull(labels, "labels is null");
      entries = List.copyOf(entries);
    }
  }

  /**
   * An entry that was not stored.
   *
   * @param timestamp its time in unix nanoseconds
   * @param bytes length of its line, metadata names and metadata values
   * @param limit what it broke: for {@link Reason#TOO_FAR_BEHIND} and {@link Reason#OUT_OF_ORDER}
   *     the oldest acceptable time in unix nanoseconds, for {@link Reason#PER_STREAM_RATE_LIMIT}
   *     bytes per second, for {@link Reason#STREAM_LIMIT} the number of streams
   */
  public record RejectedEntry(long timestamp, long bytes, Reason reason, long limit) {}
}
