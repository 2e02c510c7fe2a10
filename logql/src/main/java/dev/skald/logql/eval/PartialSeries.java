package dev.skald.logql.eval;

/** The partial results of one series, one for each bucket from its first to its last. */
final class PartialSeries {
  private static final int FIRST_CAPACITY = 4;

  private final FoldFunction function;
  private final int width;
  private final int bucketCount;
  private final QueryContext context;
  private int base;
  private int first;
  private int last = -1;
  private boolean[] touched = new boolean[0];
  private double[] partials = new double[0];
  private long reserved;

  PartialSeries(FoldFunction function, int bucketCount, QueryContext context) {
    this.function = function;
    this.width = function.width();
    this.bucketCount = bucketCount;
    this.context = context;
  }

  void add(int bucket, long time, double value) {
    int index = bucket - base;
    if (index < 0 || index >= touched.length) {
      makeRoom(bucket);
      index = bucket - base;
    }
    if (touched[index]) {
      function.add(partials, index * width, time, value);
    } else {
      touched[index] = true;
      function.start(partials, index * width, time, value);
      first = last < 0 ? bucket : Math.min(first, bucket);
      last = Math.max(last, bucket);
    }
  }

  /** Grows to both sides of what is there, at least to double the size. */
  private void makeRoom(int bucket) {
    boolean empty = touched.length == 0;
    int from = empty ? bucket : Math.min(base, bucket);
    int to = empty ? bucket + 1 : Math.max(base + touched.length, bucket + 1);
    int more = Math.max(FIRST_CAPACITY, 2 * touched.length) - (to - from);
    if (more > 0) {
      boolean down = !empty && bucket < base;
      from = down ? Math.max(0, from - more) : from;
      to = down ? to : Math.min(bucketCount, to + more);
    }
    resize(from, to - from);
  }

  private void resize(int newBase, int capacity) {
    long bytes = capacity * (width * 8L + 1) + 128;
    context.reserve(bytes - reserved);
    reserved = bytes;
    boolean[] newTouched = new boolean[capacity];
    double[] newPartials = new double[capacity * width];
    int shift = base - newBase;
    if (touched.length > 0) {
      System.arraycopy(touched, 0, newTouched, shift, touched.length);
      System.arraycopy(partials, 0, newPartials, shift * width, partials.length);
    }
    base = newBase;
    touched = newTouched;
    partials = newPartials;
  }

  /** Gives the memory account back what the series holds. */
  void release() {
    context.reserve(-reserved);
    reserved = 0;
  }

  /** Returns the first bucket that has a partial result. */
  int first() {
    return first;
  }

  /** Returns the last bucket that has a partial result. */
  int last() {
    return last;
  }

  boolean has(int bucket) {
    int index = bucket - base;
    return index >= 0 && index < touched.length && touched[index];
  }

  double[] array() {
    return partials;
  }

  /** Returns where in {@link #array()} the partial result of a bucket lies. */
  int position(int bucket) {
    return (bucket - base) * width;
  }
}
