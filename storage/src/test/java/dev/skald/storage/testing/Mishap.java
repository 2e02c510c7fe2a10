package dev.skald.storage.testing;

import java.io.IOException;

/** A way in which a call of an object store goes wrong. */
@FunctionalInterface
public interface Mishap {

  /** What the call does when nothing goes wrong. */
  @FunctionalInterface
  interface Effect<T> {
    T happen() throws IOException;
  }

  /** Does in place of a call what is left of it. */
  <T> T strike(Call call, Effect<T> effect) throws IOException;
}
