package dev.skald.ruler.notify;

import java.time.Duration;

/** Hears how alerts are sent. Called from any thread; must not block. */
public interface NotifyListener {
  /** An Alertmanager has taken alerts. */
  void sent(String tenant, String alertmanager, int alerts, Duration took);

  /** An Alertmanager could not be reached, or did not take alerts. */
  void failed(String tenant, String alertmanager);

  /** Alerts were given up that no Alertmanager has taken. */
  void dropped(String tenant, int alerts);

  /** How many alerts of a tenant wait for the Alertmanager for which most wait. */
  void waiting(String tenant, int alerts);

  /** How many Alertmanagers there are. */
  void discovered(int alertmanagers);
}
