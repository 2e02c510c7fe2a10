package dev.skald.logql.template;

import dev.skald.logql.batch.Slice;
import java.time.Instant;

/**
 * What a template of a log query runs on (logql.md §13.1): the labels of an entry, which are the
 * template's dot, its line, its time, and the clock.
 *
 * <p>The labels hold {@code __error__} and {@code __error_details__} while an error is set.
 */
public interface TemplateData extends StringMap {
  /** Points a slice at the line as the stages so far have left it. */
  void line(Slice into);

  /** Returns the entry's time in Unix nanoseconds. */
  long timestamp();

  /** Runs now and then while the template does; what it throws ends that. */
  default void pause() {}

  /** Returns the time that {@code now} tells, which stays the same for a whole query. */
  Instant now();
}
