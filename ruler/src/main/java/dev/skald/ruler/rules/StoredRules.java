package dev.skald.ruler.rules;

import dev.skald.ruler.rules.LoadedRules.Place;
import dev.skald.storage.object.ObjectStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rules in an object store: a group at {@code rules/<tenant>/<namespace>/<group>}, the last two in
 * Base64 for URLs, as YAML in UTF-8. Others may write the store too; what they write is seen with
 * the next poll.
 */
public final class StoredRules implements RuleSource, RuleEditor {
  private static final Logger LOG = LoggerFactory.getLogger(StoredRules.class);
  private static final String PREFIX = "rules/";

  private final ObjectStore store;
  private final LoadedRules rules;

  public StoredRules(ObjectStore store, RuleReader reader, RulesListener listener) {
    this.store = store;
    this.rules =
        new LoadedRules((place, content) -> List.of(group(reader, place, content)), listener);
  }

  /** A group that is called otherwise than its key could not be found by its name. */
  private static RuleGroup group(RuleReader reader, Place place, byte[] content) {
    RuleGroup group = reader.body(place.tenant(), place.namespace(), content);
    if (!group.name().equals(place.name())) {
      String text =
          "the group is called \"" + group.name() + "\", its key \"" + place.name() + "\"";
      throw new InvalidRulesException(
          List.of(new RuleProblem(place.namespace(), 0, "", text)), true);
    }
    return group;
  }

  @Override
  public RuleSnapshot current() {
    return rules.current();
  }

  @Override
  public synchronized RuleSnapshot poll(Instant now) {
    return rules.everything(this::read, now);
  }

  private void read(LoadedRules.Round round) throws IOException {
    for (String key : store.list(PREFIX)) {
      place(key).ifPresent(place -> round.read(place, new StoredObject(store, key)));
    }
  }

  private record StoredObject(ObjectStore store, String key) implements LoadedRules.Content {
    @Override
    public long size() throws IOException {
      return store.size(key);
    }

    @Override
    public byte[] bytes(int size) throws IOException {
      return store.get(key, 0, size);
    }
  }

  @Override
  public synchronized void put(RuleGroup group, Instant now) throws IOException {
    byte[] content = RulePrinter.group(group).getBytes(StandardCharsets.UTF_8);
    Place place = place(group.key());
    store.put(key(place), List.of(ByteBuffer.wrap(content)));
    LoadedRules.Round round = rules.some();
    round.read(place, content);
    round.finish(now);
  }

  @Override
  public synchronized boolean delete(RuleGroup.Key group, Instant now) throws IOException {
    String key = key(place(group));
    try {
      store.size(key);
    } catch (NoSuchFileException absent) {
      return false;
    }
    delete(List.of(key), now);
    return true;
  }

  @Override
  public synchronized boolean deleteNamespace(String tenant, String namespace, Instant now)
      throws IOException {
    List<String> keys = store.list(PREFIX + tenant + "/" + encode(namespace) + "/");
    delete(keys, now);
    return !keys.isEmpty();
  }

  private void delete(List<String> keys, Instant now) throws IOException {
    LoadedRules.Round round = rules.some();
    try {
      for (String key : keys) {
        store.delete(key);
        place(key).ifPresent(round::remove);
      }
    } finally {
      round.finish(now);
    }
  }

  private static Place place(RuleGroup.Key group) {
    return new Place(group.tenant(), group.namespace(), group.name());
  }

  private static String key(Place place) {
    return PREFIX + place.tenant() + "/" + encode(place.namespace()) + "/" + encode(place.name());
  }

  private static Optional<Place> place(String key) {
    String[] parts = key.split("/", -1);
    try {
      if (parts.length == 4) {
        return Optional.of(new Place(parts[1], decode(parts[2]), decode(parts[3])));
      }
    } catch (IllegalArgumentException notBase64) {
      LOG.debug("{} is no rule group", key, notBase64);
    }
    return Optional.empty();
  }

  private static String encode(String name) {
    return Base64.getUrlEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8));
  }

  private static String decode(String text) {
    return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
  }
}
