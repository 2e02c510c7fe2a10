package dev.skald.server.push;

/** Takes pairs of structured metadata as the places of their names and values in a request. */
interface PairSink {
  void add(int nameStart, int nameLength, int valueStart, int valueLength);
}
