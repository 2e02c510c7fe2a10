package dev.skald.server.push;

import java.util.Arrays;

/** Pairs, as places in a request, that every record of a resource and scope inherits. */
final class OtlpMetadata implements PairSink {
  private static final int PLACES = 4;

  private int[] places = new int[PLACES * 16];
  private int used;

  @Override
  public void add(int nameStart, int nameLength, int valueStart, int valueLength) {
    if (used == places.length) {
      places = Arrays.copyOf(places, used * 2);
    }
    places[used++] = nameStart;
    places[used++] = nameLength;
    places[used++] = valueStart;
    places[used++] = valueLength;
  }

  void copyTo(PairSink sink) {
    for (int i = 0; i < used; i += PLACES) {
      sink.add(places[i], places[i + 1], places[i + 2], places[i + 3]);
    }
  }

  int size() {
    return used;
  }

  void truncate(int size) {
    used = size;
  }

  void clear() {
    used = 0;
  }
}
