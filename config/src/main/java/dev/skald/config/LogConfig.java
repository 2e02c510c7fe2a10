package dev.skald.config;

/**
 * The process's own log.
 *
 * @param requestsAtInfo {@code log_request_at_info_level_enabled}: log every request at info
 */
public record LogConfig(Level level, Format format, boolean requestsAtInfo) {
  /** From the most talkative to the quietest. */
  public enum Level {
    DEBUG,
    INFO,
    WARN,
    ERROR
  }

  /** How a log line is written. */
  public enum Format {
    LOGFMT,
    JSON
  }

  public LogConfig {
    Check.present(level, "server.log_level");
    Check.present(format, "server.log_format");
  }

  public static LogConfig defaults() {
    return new LogConfig(Level.INFO, Format.LOGFMT, false);
  }
}
