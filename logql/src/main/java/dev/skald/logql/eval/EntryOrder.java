package dev.skald.logql.eval;

import dev.skald.logql.Labels;
import java.util.Comparator;

/**
 * The order of the entries of a log query (logql.md §20.4): by time in the direction of the query;
 * at one time by stream hash, in one stream by the text of the labels, both ascending in either
 * direction; at last by arrival, in the direction of the query.
 */
final class EntryOrder implements Comparator<EntryOrder.Candidate> {
  private final int sign;

  /** An entry that may become part of a result. */
  static final class Candidate {
    private final LogEntry entry;
    private final long arrival;
    private String labelText;

    /**
     * @param arrival greater for entries that arrived later, as far as that is known
     */
    Candidate(LogEntry entry, long arrival) {
      this.entry = entry;
      this.arrival = arrival;
    }

    LogEntry entry() {
      return entry;
    }

    private String labelText() {
      if (labelText == null) {
        labelText = entry.labels().toString();
      }
      return labelText;
    }
  }

  EntryOrder(Direction direction) {
    this.sign = direction == Direction.FORWARD ? 1 : -1;
  }

  /** Returns less than 0 if an entry of the first time comes before one of the second. */
  int compareTimes(long a, long b) {
    return sign * Long.compare(a, b);
  }

  @Override
  public int compare(Candidate a, Candidate b) {
    int byTime = compareTimes(a.entry.timestamp(), b.entry.timestamp());
    if (byTime != 0) {
      return byTime;
    }
    int byStream = Long.compareUnsigned(a.entry.streamHash(), b.entry.streamHash());
    if (byStream != 0) {
      return byStream;
    }
    int byLabels =
        a.entry.groups().equals(b.entry.groups())
            ? 0
            : Labels.compareBytes(a.labelText(), b.labelText());
    return byLabels != 0 ? byLabels : sign * Long.compare(a.arrival, b.arrival);
  }
}
