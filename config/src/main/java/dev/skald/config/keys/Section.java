package dev.skald.config.keys;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The keys that may stand together in one YAML mapping. Immutable. */
public final class Section {
  private final String goType;
  private final boolean open;
  private final Map<String, Key> keys;

  private Section(String goType, boolean open, Map<String, Key> keys) {
    this.goType = goType;
    this.open = open;
    this.keys = Collections.unmodifiableMap(keys);
  }

  /**
   * @param goType the type's name in Loki's error messages, which tools match on
   */
  static Section of(String goType, Key... keys) {
    Map<String, Key> byName = new LinkedHashMap<>();
    for (Key key : keys) {
      if (byName.put(key.name(), key) != null) {
        throw new IllegalArgumentException(goType + " has two keys " + key.name());
      }
    }
    return new Section(goType, false, byName);
  }

  /** This section with more keys, as Go's inlined structs. */
  Section with(Section more) {
    return of(
        goType,
        Stream.concat(keys.values().stream(), more.keys.values().stream()).toArray(Key[]::new));
  }

  /** This section, where keys beyond the table are accepted too: Skald looks at none of them. */
  Section open() {
    return new Section(goType, true, keys);
  }

  /** This section where no key acts. */
  Section unused() {
    Map<String, Key> copy = new LinkedHashMap<>();
    for (Key key : keys.values()) {
      copy.put(key.name(), unused(key));
    }
    return new Section(goType, open, copy);
  }

  public String goType() {
    return goType;
  }

  public boolean isOpen() {
    return open;
  }

  public Collection<Key> keys() {
    return keys.values();
  }

  public Optional<Key> key(String name) {
    return Optional.ofNullable(keys.get(name));
  }

  Use use() {
    boolean used = keys.values().stream().anyMatch(key -> key.use() == Use.USED);
    return used ? Use.USED : Use.UNUSED;
  }

  private static Key unused(Key key) {
    Shape shape =
        switch (key.shape()) {
          case Shape.Block(Section inner) -> new Shape.Block(inner.unused());
          case Shape.Blocks(Section inner) -> new Shape.Blocks(inner.unused());
          case Shape.NamedBlocks(Section inner) -> new Shape.NamedBlocks(inner.unused());
          case Shape.Single single -> single;
          case Shape.Texts texts -> texts;
          case Shape.TextMap map -> map;
          case Shape.Any any -> any;
        };
    Use use = key.use() == Use.USED ? Use.UNUSED : key.use();
    return new Key(key.name(), shape, key.initial(), use, key.bound(), key.remark());
  }
}
