package dev.skald.ingester;

import dev.skald.logql.batch.Slice;
import dev.skald.storage.wal.PushRecordReader;
import java.util.Arrays;

/**
 * Translates the metadata numbers of a push record into those of a head, looking at the bytes of
 * each distinct pair of the record once. For the thread that writes the head.
 */
final class RecordPairs {
  private final HeadValues values;
  private final Slice slice = new Slice();

  /** The head's number of each of the record's names. */
  private int[] names = new int[16];

  private int knownNames;

  /** The head's numbers of the name and the value of each of the record's pairs. */
  private int[] pairNames = new int[64];

  private int[] pairValues = new int[64];
  private int knownPairs;

  RecordPairs(HeadValues values) {
    this.values = values;
  }

  /** Starts with another record. */
  void clear() {
    knownNames = 0;
    knownPairs = 0;
  }

  /** Puts the metadata of the reader's entry into {@code target}. */
  void resolve(PushRecordReader reader, EntryMetadata target) {
    if (knownPairs < reader.pairs()) {
      takeInNewPairs(reader);
    }
    target.size = 0;
    int count = reader.entryPairs();
    for (int i = 0; i < count; i++) {
      int pair = reader.entryPair(i);
      target.add(pairNames[pair], pairValues[pair]);
    }
  }

  private void takeInNewPairs(PushRecordReader reader) {
    takeInNewNames(reader);
    if (reader.pairs() > pairNames.length) {
      int capacity = Math.max(reader.pairs(), 2 * pairNames.length);
      pairNames = Arrays.copyOf(pairNames, capacity);
      pairValues = Arrays.copyOf(pairValues, capacity);
    }
    while (knownPairs < reader.pairs()) {
      int name = names[reader.pairName(knownPairs)];
      reader.value(knownPairs, slice);
      pairNames[knownPairs] = name;
      pairValues[knownPairs] = values.dictionary(name).intern(slice);
      knownPairs++;
    }
  }

  private void takeInNewNames(PushRecordReader reader) {
    if (reader.names() > names.length) {
      names = Arrays.copyOf(names, Math.max(reader.names(), 2 * names.length));
    }
    while (knownNames < reader.names()) {
      reader.name(knownNames, slice);
      names[knownNames] = values.intern(slice);
      knownNames++;
    }
  }
}
