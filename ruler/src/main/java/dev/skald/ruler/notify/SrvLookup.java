package dev.skald.ruler.notify;

import java.io.IOException;
import java.util.List;

/** Finds the servers behind the name of a DNS service. May block. */
@FunctionalInterface
public interface SrvLookup {
  /** Where a server listens. */
  record Place(String host, int port) {}

  /**
   * @param name such as {@code _http._tcp.alerts.example}
   * @return at least one
   * @throws IOException if there is none, or nobody knows
   */
  List<Place> lookup(String name) throws IOException;
}
