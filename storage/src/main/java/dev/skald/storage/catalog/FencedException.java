package dev.skald.storage.catalog;

import java.io.IOException;
import java.time.Instant;

/** Another writer has taken over the store: this process must not write there any more. */
public final class FencedException extends IOException {
  private static final long serialVersionUID = 1;

  FencedException(String message) {
    super(message);
  }

  /**
   * @param made when the other writer made the edit that tells of it
   */
  static FencedException by(LogId other, Instant made, LogId own) {
    return new FencedException(
        "another Skald (writer %s) took over the store, its edit is of %s; this one (writer %s) writes no more to it"
            .formatted(other, made, own));
  }
}
