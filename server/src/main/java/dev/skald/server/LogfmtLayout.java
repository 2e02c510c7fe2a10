package dev.skald.server;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import dev.skald.server.push.JsonText;
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
    JsonText.quote(line.append(" msg="), event.getFormattedMessage());
    if (event.getThrowableProxy() != null) {
      JsonText.quote(line.append(" err="), ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
    return line.append('\n').toString();
  }
}
