package dev.skald.config.load;

import dev.skald.config.keys.Key;
import dev.skald.config.keys.RootKeys;
import dev.skald.config.keys.Scalar;
import dev.skald.config.keys.Section;
import dev.skald.config.keys.Shape;
import dev.skald.config.keys.Use;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** Writes settings as YAML, every key with its value in force; secrets are masked. */
public final class ConfigPrinter {
  private static final String MASK = "********";
  private static final Pattern SECRET_NAME =
      Pattern.compile(
          "(?i).*(password|secret|token|credential|authorization|connection_string|_key$|apikey).*");

  private ConfigPrinter() {}

  /** All keys: {@code /config}, {@code /config/tenant/v1/limits}, {@code -print-config-stderr}. */
  public static String yaml(Settings settings) {
    return dump(plain(settings));
  }

  /** The defaults of every key: {@code /config?mode=defaults}. */
  public static String defaults() {
    return dump(plain(Settings.empty(RootKeys.ROOT)));
  }

  /** Only keys that differ from their defaults: {@code /config?mode=diff}. */
  public static String diff(Settings settings) {
    Map<String, Object> usual = plain(Settings.empty(settings.section()));
    return dump(difference(plain(settings), usual));
  }

  /**
   * All keys as maps, lists, strings, numbers and booleans, in the table's order, for those who
   * write JSON.
   */
  public static Map<String, Object> plain(Settings settings) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (Key key : settings.section().keys()) {
      boolean current = key.use() == Use.USED || key.use() == Use.UNUSED;
      if (current || settings.isSet(key.name())) {
        Object value = value(settings, key);
        if (!isEmptyMap(value) || key.shape() instanceof Shape.TextMap) {
          map.put(key.name(), value);
        }
      }
    }
    return map;
  }

  private static Object value(Settings settings, Key key) {
    String name = key.name();
    return switch (key.shape()) {
      case Scalar scalar -> number(scalar.print(settings.value(name)));
      case Shape.Texts texts -> settings.texts(name);
      case Shape.TextMap map ->
          name.equals("headers") ? allMasked(settings.textMap(name)) : settings.textMap(name);
      case Shape.Any any -> masked(settings.any(name));
      case Shape.Block(Section inner) -> plain(settings.block(name));
      case Shape.Blocks(Section inner) ->
          settings.blocks(name).stream().map(ConfigPrinter::plain).toList();
      case Shape.NamedBlocks(Section inner) -> {
        Map<String, Object> blocks = new LinkedHashMap<>();
        settings.namedBlocks(name).forEach((block, value) -> blocks.put(block, plain(value)));
        yield blocks;
      }
    };
  }

  /** Go prints a float without a fraction as a whole number. */
  private static Object number(Object value) {
    return value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15
        ? (Object) number.longValue()
        : value;
  }

  private static Map<String, Object> allMasked(Map<String, String> headers) {
    Map<String, Object> masked = new LinkedHashMap<>();
    headers.keySet().forEach(name -> masked.put(name, MASK));
    return masked;
  }

  private static Object masked(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> masked = new LinkedHashMap<>();
      map.forEach((name, inner) -> masked.put(String.valueOf(name), masked(name, inner)));
      return masked;
    }
    if (value instanceof List<?> list) {
      List<Object> masked = new ArrayList<>();
      list.forEach(item -> masked.add(masked(item)));
      return masked;
    }
    return value;
  }

  private static Object masked(Object name, Object value) {
    boolean secret = SECRET_NAME.matcher(String.valueOf(name)).matches();
    boolean single = !(value instanceof Map) && !(value instanceof List);
    if (value instanceof String text && !secret) {
      return Scalar.URL.print(text);
    }
    return secret && single && !"".equals(value) && value != null ? MASK : masked(value);
  }

  private static Map<String, Object> difference(Map<?, ?> values, Map<?, ?> usual) {
    Map<String, Object> changed = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          Object before = usual.get(name);
          if (value instanceof Map<?, ?> inner && before instanceof Map<?, ?> innerBefore) {
            Map<String, Object> deeper = difference(inner, innerBefore);
            if (!deeper.isEmpty()) {
              changed.put((String) name, deeper);
            }
          } else if (!Objects.equals(value, before)) {
            changed.put((String) name, value);
          }
        });
    return changed;
  }

  private static boolean isEmptyMap(Object value) {
    return value instanceof Map<?, ?> map && map.isEmpty();
  }

  /** Writes what {@link #plain} returns, or a part of it, as YAML. */
  public static String dump(Map<String, Object> map) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setSplitLines(false);
    options.setAllowUnicode(true);
    options.setDereferenceAliases(true);
    return new Yaml(options).dump(map);
  }
}
