package dev.skald.querier;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Who asks.
 *
 * @param actor which user of the tenant, or which of its machines, as far as that is known: all
 *     actors of a tenant get the same share of the server; may be empty
 * @param tags what {@code X-Query-Tags} says, by lower-case name
 */
public record Caller(String tenant, String actor, Map<String, String> tags) {
  public Caller {
    Objects.requireNonNull(tenant, "tenant is null");
    Objects.requireNonNull(actor, "actor is null");
    tags = Map.copyOf(tags);
  }

  /** Returns a caller of whom nothing else is known. */
  public static Caller of(String tenant) {
    return new Caller(tenant, "", Map.of());
  }

  /** Returns whether a tag has a value, whatever the case of either. */
  boolean isTagged(String name, String value) {
    return value.equalsIgnoreCase(tags.get(name.toLowerCase(Locale.ROOT)));
  }

  FairQueue.Party party() {
    return new FairQueue.Party(tenant, actor);
  }
}
