package dev.skald.ruler.evaluate;

import dev.skald.logql.Labels;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * An alert as it is sent (config-and-clients.md §2.7, §2.8). Immutable.
 *
 * @param labels all of the rule, {@code alertname} among them; none that come from the
 *     configuration of who sends it
 * @param annotations expanded, by name in order
 * @param startsAt when it began to fire
 * @param endsAt when it was resolved; of one that fires, when whoever hears no more of it may call
 *     it resolved
 * @param resolved whether it fires no more
 * @param generatorUrl leads to the query of its rule; relative where no URL of the page is known
 */
public record Alert(
    Labels labels,
    Map<String, String> annotations,
    Instant startsAt,
    Instant endsAt,
    boolean resolved,
    String generatorUrl) {
  public Alert {
    annotations = Collections.unmodifiableMap(new TreeMap<>(annotations));
  }
}
