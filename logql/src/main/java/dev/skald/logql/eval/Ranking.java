package dev.skald.logql.eval;

/**
 * Keeps the best of the values offered, as a heap with the worst kept one on top. NaN is worse than
 * any number; among equals the first one offered stays.
 */
final class Ranking {
  private final int[] members;
  private final double[] values;
  private final boolean largest;
  private int size;

  Ranking(int capacity, boolean largest) {
    this.members = new int[capacity];
    this.values = new double[capacity];
    this.largest = largest;
  }

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  int member(int index) {
    return members[index];
  }

  double value(int index) {
    return values[index];
  }

  void offer(int member, double value) {
    if (size < members.length) {
      put(size++, member, value);
      siftUp();
    } else if (isBetter(value, values[0])) {
      put(0, member, value);
      siftDown();
    }
  }

  private boolean isBetter(double value, double other) {
    if (Double.isNaN(other)) {
      return !Double.isNaN(value);
    }
    return largest ? value > other : value < other;
  }

  private void put(int index, int member, double value) {
    members[index] = member;
    values[index] = value;
  }

  private void siftUp() {
    int child = size - 1;
    while (child > 0 && isBetter(values[(child - 1) / 2], values[child])) {
      swap(child, (child - 1) / 2);
      child = (child - 1) / 2;
    }
  }

  private void siftDown() {
    int parent = 0;
    while (true) {
      int worst = parent;
      for (int child = 2 * parent + 1; child <= 2 * parent + 2 && child < size; child++) {
        worst = isBetter(values[worst], values[child]) ? child : worst;
      }
      if (worst == parent) {
        return;
      }
      swap(parent, worst);
      parent = worst;
    }
  }

  private void swap(int a, int b) {
    int member = members[a];
    double value = values[a];
    put(a, members[b], values[b]);
    put(b, member, value);
  }
}
