package dev.skald.ingester;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What the parts of the ingester count. Safe for use by any thread. */
final class IngesterCounters {
  final LongAdder walRecords = new LongAdder();
  final LongAdder walBytes = new LongAdder();
  final LongAdder walWriteFailures = new LongAdder();
  final LongAdder walCorruptions = new LongAdder();
  final LongAdder duplicates = new LongAdder();
  final LongAdder headsSealed = new LongAdder();
  final LongAdder sealFailures = new LongAdder();
  private final Map<SealReason, LongAdder> chunksSealed = new EnumMap<>(SealReason.class);

  IngesterCounters() {
    for (SealReason reason : SealReason.values()) {
      chunksSealed.put(reason, new LongAdder());
    }
  }

  /** A head is sealed that had so many streams. */
  void sealed(SealReason reason, int streams) {
    headsSealed.increment();
    chunksSealed.get(reason).add(streams);
  }

  Map<SealReason, Long> chunksSealed() {
    Map<SealReason, Long> sums = new EnumMap<>(SealReason.class);
    chunksSealed.forEach((reason, sum) -> sums.put(reason, sum.sum()));
    return sums;
  }
}
