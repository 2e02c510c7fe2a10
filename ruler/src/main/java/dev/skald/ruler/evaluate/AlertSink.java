package dev.skald.ruler.evaluate;

import java.util.List;

/** Takes alerts that fire or were resolved. Safe for use by any thread. */
@FunctionalInterface
public interface AlertSink {
  /**
   * Takes alerts to be sent on, without waiting until they are. Alerts that go on firing come again
   * every {@code ruler.resend_delay}, those that were resolved for 15 minutes.
   *
   * @param alerts not empty
   */
  void send(String tenant, List<Alert> alerts);
}
