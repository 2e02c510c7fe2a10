package dev.skald.ruler.rules;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A listener that remembers what it was told. */
final class Heard implements RulesListener {
  final List<String> events = new ArrayList<>();

  @Override
  public void read(String tenant, boolean sound, Instant now) {
    events.add(tenant + (sound ? " sound" : " bad"));
  }

  @Override
  public void changed(String tenant) {
    events.add(tenant + " changed");
  }

  @Override
  public void failed() {
    events.add("failed");
  }

  /** Returns what was heard since the last time. */
  List<String> heard() {
    List<String> heard = List.copyOf(events);
    events.clear();
    return heard;
  }
}
