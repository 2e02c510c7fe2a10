package dev.skald.server;

import dev.skald.config.ConfigException;
import dev.skald.config.Limits;
import dev.skald.config.load.TenantOverrides;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the limits of tenants again and says what has changed, or, once, what is wrong with a file:
 * then the limits stay as they were (config-and-clients.md §1.9). For one thread.
 */
final class LimitsReload {
  private static final Logger LOG = LoggerFactory.getLogger(LimitsReload.class);

  private final TenantOverrides overrides;
  private Map<String, Limits> known;
  private String failure = "";

  LimitsReload(TenantOverrides overrides) {
    this.overrides = overrides;
    this.known = own();
  }

  void run(Instant now) {
    try {
      if (overrides.reload(now)) {
        tell();
      }
      failure = "";
    } catch (ConfigException e) {
      if (!e.getMessage().equals(failure)) {
        failure = e.getMessage();
        LOG.error("failed to load config, the limits stay as they were: {}", failure);
      }
    }
  }

  private void tell() {
    Map<String, Limits> now = own();
    Set<String> changed = new TreeSet<>(known.keySet());
    changed.addAll(now.keySet());
    Map<String, Limits> before = known;
    changed.removeIf(
        tenant -> now.containsKey(tenant) && now.get(tenant).equals(before.get(tenant)));
    known = now;
    LOG.info(
        "runtime config: limits have changed of tenants {}; {} have limits of their own",
        changed,
        now.size());
  }

  private Map<String, Limits> own() {
    Map<String, Limits> limits = new HashMap<>();
    overrides.tenants().forEach(tenant -> limits.put(tenant, overrides.limits(tenant)));
    return limits;
  }
}
