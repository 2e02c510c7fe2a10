package dev.skald.config.load;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skald.config.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Loads texts in surroundings that are the same everywhere: three cores, two variables. */
final class Loading {
  static final Surroundings SURROUNDINGS =
      new Surroundings(Path.of("nowhere"), Map.of("PORT", "4100", "EMPTY", ""), 3);

  private Loading() {}

  static LoadedConfig load(String text, String... flags) {
    return ConfigLoader.parse("t.yaml", text, FlagReader.read(List.of(flags)), SURROUNDINGS);
  }

  static ConfigException failure(String text) {
    return catchThrowableOfType(ConfigException.class, () -> load(text));
  }

  static List<String> problems(String text) {
    ConfigException failure = failure(text);
    return failure == null ? List.of() : failure.problems().stream().map(Object::toString).toList();
  }

  static List<String> notices(LoadedConfig loaded) {
    return loaded.notices().stream().map(Object::toString).toList();
  }

  static String resource(String name) {
    try (InputStream in = Loading.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
