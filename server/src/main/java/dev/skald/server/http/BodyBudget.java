package dev.skald.server.http;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Bounds how much memory the bodies of all requests take together. A connection whose body does not
 * fit is not read until others are done. So that bodies which are all half read do not wait for
 * each other for ever, the oldest of them may always go on once no request is being answered: at
 * worst the bound is passed by one body, and by what each connection reads at a time. Safe for use
 * by any thread.
 */
final class BodyBudget {
  private final long limit;
  private final Set<Share> reading = new LinkedHashSet<>();
  private long beingRead;
  private long beingAnswered;

  /**
   * @param limit in bytes
   */
  BodyBudget(long limit) {
    this.limit = limit;
  }

  /**
   * Takes part with one body.
   *
   * @param resume is called, on any thread, when a body that had to wait may be read on
   */
  synchronized Share open(Runnable resume) {
    Share share = new Share(resume);
    reading.add(share);
    return share;
  }

  /** How many bytes all bodies have at the moment. */
  synchronized long held() {
    return beingRead + beingAnswered;
  }

  private boolean mayRead(Share share) {
    return beingRead + beingAnswered < limit
        || beingAnswered == 0 && share == reading.iterator().next();
  }

  private List<Share> awaken() {
    List<Share> awake = new ArrayList<>();
    for (Share share : reading) {
      if (share.waiting && mayRead(share)) {
        share.waiting = false;
        awake.add(share);
      }
    }
    return awake;
  }

  /** What one body takes. */
  final class Share {
    private final Runnable resume;
    private long bytes;
    private boolean waiting;
    private boolean whole;

    private Share(Runnable resume) {
      this.resume = resume;
    }

    /** Adds what has arrived; returns whether more may be read now. */
    boolean add(int more) {
      synchronized (BodyBudget.this) {
        bytes += more;
        beingRead += more;
        waiting = !mayRead(this);
        return !waiting;
      }
    }

    /** The body is complete, and its request is being answered. */
    void complete() {
      List<Share> awake;
      synchronized (BodyBudget.this) {
        if (!reading.remove(this)) {
          return;
        }
        whole = true;
        beingRead -= bytes;
        beingAnswered += bytes;
        awake = awaken();
      }
      awake.forEach(share -> share.resume.run());
    }

    /** The body is not needed any more. May be called again. */
    void release() {
      List<Share> awake;
      synchronized (BodyBudget.this) {
        reading.remove(this);
        if (whole) {
          beingAnswered -= bytes;
        } else {
          beingRead -= bytes;
        }
        bytes = 0;
        awake = awaken();
      }
      awake.forEach(share -> share.resume.run());
    }
  }
}
