package dev.skald.server.http;

import java.util.concurrent.Callable;

/** Decides who may send which request. Called by many threads at once. */
@FunctionalInterface
public interface Gate {
  /** Lets everybody in. */
  Gate OPEN = (request, pattern) -> new Admission.Granted(request);

  /**
   * Looks at the head of a request, without waiting for anything.
   *
   * @param pattern of its route, without the prefix of all paths
   */
  Admission admit(Request request, String pattern);

  /** What was decided. */
  sealed interface Admission {
    /**
     * The request may be answered.
     *
     * @param request as handlers are to see it
     */
    record Granted(Request request) implements Admission {}

    record Refused(Response response) implements Admission {}

    /**
     * It takes longer to find out.
     *
     * @param check finds out, on a thread that may wait; never gives another {@code Undecided}
     */
    record Undecided(Callable<Admission> check) implements Admission {}
  }
}
