package dev.skald.ruler.rules;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every file or object of a source held when it was last read, and which rules that makes. A
 * file that is bad keeps the rules that it had when it was last good. Rounds run one at a time;
 * {@link #current} is for any thread.
 */
final class LoadedRules {
  private static final Logger LOG = LoggerFactory.getLogger(LoadedRules.class);

  /** No file or object may be larger, in bytes. */
  private static final long LARGEST = 32L << 20;

  /**
   * A file or an object.
   *
   * @param name of an object in its namespace; empty where the namespace is the file
   */
  record Place(String tenant, String namespace, String name) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
        Comparator.comparing(Place::tenant)
            .thenComparing(Place::namespace)
            .thenComparing(Place::name);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  /** Makes groups of what stands at a place, or throws an {@link InvalidRulesException}. */
  interface Parser {
    List<RuleGroup> groups(Place place, byte[] content);
  }

  /**
   * @param content null where it could not be read
   * @param problem why the content is not what the groups are of; empty if it is
   */
  private record Loaded(byte[] content, List<RuleGroup> groups, String problem) {
    static final Loaded NONE = new Loaded(null, List.of(), "");
  }

  private final Parser parser;
  private final RulesListener listener;
  private Map<Place, Loaded> loaded = Map.of();
  private volatile RuleSnapshot current = RuleSnapshot.EMPTY;

  LoadedRules(Parser parser, RulesListener listener) {
    this.parser = parser;
    this.listener = listener;
  }

  RuleSnapshot current() {
    return current;
  }

  /** Looks at everything there is. */
  interface Look {
    /**
     * Has all places read.
     *
     * @throws IOException if they cannot be listed
     */
    void read(Round round) throws IOException;
  }

  /** What stands at a place. */
  interface Content {
    long size() throws IOException;

    byte[] bytes(int size) throws IOException;
  }

  /** Reads everything; a place that is not named has gone. */
  RuleSnapshot everything(Look look, Instant now) {
    Round round = new Round(Map.of());
    try {
      look.read(round);
    } catch (IOException e) {
      return failed(e);
    }
    return round.finish(now);
  }

  /** Begins to change some places; the others stay as they are. */
  Round some() {
    return new Round(loaded);
  }

  /** Nothing can be listed now: everything stays as it is. */
  private RuleSnapshot failed(Exception why) {
    LOG.error("rules cannot be listed, they stay as they are: {}", why.toString());
    listener.failed();
    return current;
  }

  /** One pass over the places. */
  final class Round {
    private final Map<Place, Loaded> next;

    private Round(Map<Place, Loaded> start) {
      next = new TreeMap<>(start);
    }

    /** Reads a place, unless it has gone meanwhile. */
    void read(Place place, Content content) {
      try {
        long size = content.size();
        if (size > LARGEST) {
          throw new IOException("it has %d bytes, most are %d".formatted(size, LARGEST));
        }
        read(place, content.bytes((int) size));
      } catch (NoSuchFileException gone) {
        LOG.debug("{} has gone, or is a link to nothing", place);
      } catch (IOException e) {
        unreadable(place, e);
      }
    }

    /** A place holds this. */
    void read(Place place, byte[] content) {
      Loaded old = loaded.getOrDefault(place, Loaded.NONE);
      if (Arrays.equals(content, old.content)) {
        next.put(place, old);
        return;
      }
      try {
        next.put(place, new Loaded(content, parser.groups(place, content), ""));
      } catch (InvalidRulesException e) {
        fail(place, content, e.getMessage());
      }
    }

    private void unreadable(Place place, Exception why) {
      fail(place, null, "cannot be read: " + why);
    }

    /** The places of a tenant cannot be listed now. */
    void unreadable(String tenant, Exception why) {
      LOG.error(
          "the rules of tenant {} cannot be listed, they stay as they are: {}",
          tenant,
          why.toString());
      listener.failed();
      loaded.forEach(
          (place, old) -> {
            if (place.tenant.equals(tenant)) {
              next.put(place, old);
            }
          });
    }

    void remove(Place place) {
      next.remove(place);
    }

    /** Puts in force what was read. */
    RuleSnapshot finish(Instant now) {
      loaded = next;
      RuleSnapshot before = current;
      current = RuleSnapshot.of(next.values().stream().flatMap(l -> l.groups.stream()).toList());
      RuleChanges changes = RuleChanges.between(before, current);
      if (!changes.isEmpty()) {
        LOG.info("rules have changed: {}", changes);
      }
      tellListener(changes, now);
      return current;
    }

    private void fail(Place place, byte[] content, String problem) {
      Loaded old = loaded.getOrDefault(place, Loaded.NONE);
      if (!old.problem.equals(problem)) {
        LOG.error(
            "bad rules of tenant {} in {}, {}: {}",
            place.tenant,
            place.namespace,
            old.groups.isEmpty() ? "none of them are used" : "those of before stay in force",
            problem);
      }
      next.put(place, new Loaded(content, old.groups, problem));
    }

    private void tellListener(RuleChanges changes, Instant now) {
      Map<String, Boolean> sound = new TreeMap<>();
      changes.tenants().forEach(tenant -> sound.put(tenant, true));
      next.forEach(
          (place, l) -> sound.merge(place.tenant, l.problem.isEmpty(), Boolean::logicalAnd));
      sound.forEach((tenant, allGood) -> listener.read(tenant, allGood, now));
      changes.tenants().forEach(listener::changed);
    }
  }
}
