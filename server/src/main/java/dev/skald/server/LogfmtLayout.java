package dev.skald.server;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.util.Locale;

/** One event a line, as Loki logs: {@code level=info ts=… caller=Server msg="…" err="…"}. */
final class LogfmtLayout extends LayoutBase<ILoggingEvent> {

  @Override
  public String doLayout(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(160);
    line.append("level=").append(event.getLevel().toString().toLowerCase(Locale.ROOT));
    line.append(" ts=").append(Instant.ofEpochMilli(event.getTimeStamp()));
    String logger = event.getLoggerName();
    line.append(" caller=").append(logger.substring(logger.lastIndexOf('.') + 1));
    quote(line.append(" msg="), event.getFormattedMessage());
    if (event.getThrowableProxy() != null) {
      quote(line.append(" err="), ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
    return line.append('\n').toString();
  }

  private static void quote(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> out.append(c);
      }
    }
    out.append('"');
  }
}
