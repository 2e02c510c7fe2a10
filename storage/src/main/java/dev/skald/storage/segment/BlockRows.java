package dev.skald.storage.segment;

import java.util.List;

/**
 * The rows that go into one block: by stream, then by time.
 *
 * @param runs in order; several may be of one stream
 * @param streams the ordinal of the stream of each run
 */
record BlockRows(List<StreamRun> runs, List<Integer> streams, int rows) {}
