package dev.skald.ingester;

import java.util.ArrayList;
import java.util.List;

/** The heads of a shard that may be read: the one that takes rows and those being sealed. */
final class HeadList {
  private volatile List<Head> heads = List.of();

  List<Head> all() {
    return heads;
  }

  synchronized void add(Head head) {
    List<Head> more = new ArrayList<>(heads);
    more.add(head);
    heads = List.copyOf(more);
  }

  synchronized void remove(Head head) {
    List<Head> fewer = new ArrayList<>(heads);
    fewer.remove(head);
    heads = List.copyOf(fewer);
  }
}
