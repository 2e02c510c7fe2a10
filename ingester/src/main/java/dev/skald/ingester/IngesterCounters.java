package dev.skald.ingester;

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
}
