package dev.skald.server.status;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Under which names tenants are counted: so many are told apart, so that names that clients make up
 * do not fill the memory. Safe for use by any thread.
 */
final class CountedTenants {
  private static final int MOST = 5_000;

  /** Stands for all other tenants. */
  private static final String OTHERS = "other tenants";

  private final Set<String> known = ConcurrentHashMap.newKeySet();

  String name(String tenant) {
    if (known.contains(tenant)) {
      return tenant;
    }
    if (known.size() >= MOST) {
      return OTHERS;
    }
    known.add(tenant);
    return tenant;
  }
}
