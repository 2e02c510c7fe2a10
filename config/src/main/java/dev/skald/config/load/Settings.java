package dev.skald.config.load;

import dev.skald.config.keys.Key;
import dev.skald.config.keys.Scalar;
import dev.skald.config.keys.Section;
import dev.skald.config.keys.Shape;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The values of one section: what was set, else what the fallback has, else the table's default.
 * Not changed any more once {@link ConfigLoader} has returned it; then safe for use by any thread.
 */
public final class Settings {
  private record Value(Object value, int line) {}

  private final String path;
  private final Section section;
  private final Settings fallback;
  private final Map<String, Value> set = new LinkedHashMap<>();

  Settings(String path, Section section, Settings fallback) {
    this.path = path;
    this.section = section;
    this.fallback = fallback;
  }

  /** Settings of a whole file in which nothing is set. */
  static Settings empty(Section section) {
    return new Settings("", section, null);
  }

  public Section section() {
    return section;
  }

  /** The full name of a key, as {@code ingester.wal.dir}. */
  public String path(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** Whether the key itself, or anything below it, was set. */
  public boolean isSet(String name) {
    Value value = set.get(name);
    boolean here =
        value != null && !(value.value() instanceof Settings inner && inner.isUntouched());
    return here || fallback != null && fallback.isSet(name);
  }

  /** Whether the key, or anything below it, has another value than the table's default. */
  public boolean isChanged(String name) {
    if (key(name).shape() instanceof Shape.Block) {
      Settings inner = block(name);
      return inner.section.keys().stream().anyMatch(key -> inner.isChanged(key.name()));
    }
    return !Objects.equals(value(name), key(name).initial());
  }

  /** The line that set the key, 0 if none did. */
  public int line(String name) {
    Value value = set.get(name);
    return value == null ? 0 : value.line();
  }

  public String text(String name) {
    return (String) value(name);
  }

  /** A string with commas in it, as a list; blanks around the parts do not count. */
  public List<String> csv(String name) {
    return Arrays.stream(text(name).split(","))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  public Path file(String name) {
    return Path.of(text(name));
  }

  public boolean flag(String name) {
    return (Boolean) value(name);
  }

  public int integer(String name) {
    return Math.toIntExact(number(name));
  }

  /** An integer, or a size in bytes. */
  public long number(String name) {
    return (Long) value(name);
  }

  public double fraction(String name) {
    return (Double) value(name);
  }

  public Duration duration(String name) {
    return (Duration) value(name);
  }

  public Instant time(String name) {
    return (Instant) value(name);
  }

  public LocalDate day(String name) {
    return (LocalDate) value(name);
  }

  public List<String> texts(String name) {
    return ((List<?>) value(name)).stream().map(String.class::cast).toList();
  }

  public Map<String, String> textMap(String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    ((Map<?, ?>) value(name)).forEach((key, text) -> texts.put((String) key, (String) text));
    return texts;
  }

  /** A value of free form: maps, lists, strings, numbers, booleans, null. */
  public Object any(String name) {
    return value(name);
  }

  /** The section behind a key; in its own right where nothing is set in it. */
  public Settings block(String name) {
    Value value = set.get(name);
    return value != null ? (Settings) value.value() : freshBlock(name);
  }

  public List<Settings> blocks(String name) {
    return ((List<?>) value(name)).stream().map(Settings.class::cast).toList();
  }

  public Map<String, Settings> namedBlocks(String name) {
    Map<String, Settings> blocks = new LinkedHashMap<>();
    ((Map<?, ?>) value(name)).forEach((key, block) -> blocks.put((String) key, (Settings) block));
    return blocks;
  }

  /** The value of any key but a block's. */
  Object value(String name) {
    Value value = set.get(name);
    if (value != null) {
      return value.value();
    }
    return fallback != null ? fallback.value(name) : key(name).initial();
  }

  Key key(String name) {
    return section
        .key(name)
        .orElseThrow(() -> new IllegalArgumentException("no key " + path(name)));
  }

  void put(String name, Object value, int line) {
    set.put(name, new Value(value, line));
  }

  /** Sets a key that nobody has set. */
  void derive(String name, Object value) {
    if (!isSet(name)) {
      put(key(name).name(), value, 0);
    }
  }

  /** The section behind a key, made if it is not there, to set something in it. */
  Settings blockToFill(String name, int line) {
    if (!set.containsKey(name)) {
      put(name, freshBlock(name), line);
    }
    return block(name);
  }

  /** These settings, with what is not set in them taken from others of the same section. */
  Settings over(Settings others) {
    Settings base = fallback == null ? others : fallback.over(others);
    Settings layered = new Settings(path, section, base);
    set.forEach(
        (name, value) -> {
          boolean block = key(name).shape() instanceof Shape.Block;
          Object inner = block ? ((Settings) value.value()).over(base.block(name)) : value.value();
          layered.put(name, inner, value.line());
        });
    return layered;
  }

  /** Takes over everything set in another section with the same keys. */
  void copyFrom(Settings other) {
    set.putAll(other.set);
  }

  private boolean isUntouched() {
    return set.values().stream()
        .allMatch(value -> value.value() instanceof Settings inner && inner.isUntouched());
  }

  private Settings freshBlock(String name) {
    if (!(key(name).shape() instanceof Shape.Block(Section inner))) {
      throw new IllegalArgumentException(path(name) + " is no section");
    }
    return new Settings(path(name), inner, fallback == null ? null : fallback.block(name));
  }

  /** The scalar type of a key, null if it has another shape. */
  Scalar scalar(String name) {
    return key(name).shape() instanceof Scalar scalar ? scalar : null;
  }
}
