package dev.skald.storage.segment;

import dev.skald.logql.Labels;
import dev.skald.logql.batch.Batch;

/**
 * Rows {@code from} to {@code to - 1} of a batch, all of one stream, in time order, and in arrival
 * order where times are equal.
 */
record StreamRun(Batch batch, Labels labels, long streamHash, int from, int to) {

  StreamRun rows(int newFrom, int newTo) {
    return new StreamRun(batch, labels, streamHash, newFrom, newTo);
  }

  int rows() {
    return to - from;
  }

  long firstTime() {
    return batch.timestamps()[from];
  }

  long lastTime() {
    return batch.timestamps()[to - 1];
  }
}
