package dev.skald.server.status;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * Counts the lines of the process's own log, by level, under both of Loki's names for that. Safe
 * for use by any thread.
 */
public final class LogMetrics extends UnsynchronizedAppenderBase<ILoggingEvent> {
  private final Map<Level, List<Counter>> counters = new HashMap<>();

  private LogMetrics(MeterRegistry registry) {
    for (Level level : List.of(Level.DEBUG, Level.INFO, Level.WARN, Level.ERROR)) {
      String label = level.toString().toLowerCase(Locale.ROOT);
      counters.put(
          level,
          List.of(
              registry.counter("loki.log.messages", "level", label),
              registry.counter("loki.internal.log.messages", "level", label)));
    }
  }

  /**
   * Begins to count.
   *
   * @return ends it
   */
  public static Runnable count(MeterRegistry registry) {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    LogMetrics appender = new LogMetrics(registry);
    appender.setContext(root.getLoggerContext());
    appender.start();
    root.addAppender(appender);
    return () -> root.detachAppender(appender);
  }

  @Override
  protected void append(ILoggingEvent event) {
    // What is finer than debug counts as that.
    counters.getOrDefault(event.getLevel(), counters.get(Level.DEBUG)).forEach(Counter::increment);
  }
}
