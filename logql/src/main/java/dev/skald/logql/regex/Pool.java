package dev.skald.logql.regex;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/** Keeps a few objects that only one thread at a time may use. */
final class Pool<T> {
  private static final int PLACES = 8;

  private final AtomicReferenceArray<T> places = new AtomicReferenceArray<>(PLACES);
  private final Supplier<T> maker;

  Pool(Supplier<T> maker) {
    this.maker = maker;
  }

  T take() {
    for (int i = 0; i < PLACES; i++) {
      if (places.getPlain(i) != null) {
        T taken = places.getAndSet(i, null);
        if (taken != null) {
          return taken;
        }
      }
    }
    return maker.get();
  }

  /** Gives an object back; it is dropped if there is no place for it. */
  void give(T object) {
    for (int i = 0; i < PLACES; i++) {
      if (places.getPlain(i) == null && places.compareAndSet(i, null, object)) {
        return;
      }
    }
  }
}
