package dev.skald.server.push;

/** Takes names with their values as places in a request. */
interface PairSink {
  void add(int nameStart, int nameLength, int valueStart, int valueLength) throws DecodeException;
}
