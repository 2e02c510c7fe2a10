package dev.skald.ruler.rules;

import dev.skald.ruler.rules.LoadedRules.Place;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rules in files: {@code directory/tenant/file}, whatever the file's extension; its name is the
 * namespace. Links are followed, and only content is compared, so that a mounted ConfigMap may swap
 * all files at once. Directories within that of a tenant are passed over, and so are names that
 * begin with two dots, which Kubernetes keeps for itself.
 */
public final class LocalRules implements RuleSource {
  private static final Logger LOG = LoggerFactory.getLogger(LocalRules.class);

  private final Path directory;
  private final LoadedRules rules;

  /**
   * @param directory made if it is not there
   */
  public LocalRules(Path directory, RuleReader reader, RulesListener listener) {
    this.directory = directory;
    this.rules =
        new LoadedRules(
            (place, content) -> reader.file(place.tenant(), place.namespace(), content), listener);
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      LOG.warn("the directory of rules cannot be made: {}", e.toString());
    }
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
    for (Path tenant : entries(directory)) {
      if (Files.isDirectory(tenant)) {
        readTenant(tenant, round);
      }
    }
  }

  private static void readTenant(Path directory, LoadedRules.Round round) {
    String tenant = directory.getFileName().toString();
    try {
      for (Path file : entries(directory)) {
        if (!Files.isDirectory(file)) {
          round.read(new Place(tenant, file.getFileName().toString(), ""), new File(file));
        }
      }
    } catch (IOException e) {
      round.unreadable(tenant, e);
    }
  }

  private record File(Path path) implements LoadedRules.Content {
    @Override
    public long size() throws IOException {
      return Files.size(path);
    }

    @Override
    public byte[] bytes(int size) throws IOException {
      return Files.readAllBytes(path);
    }
  }

  private static List<Path> entries(Path directory) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream =
        Files.newDirectoryStream(
            directory, entry -> !entry.getFileName().toString().startsWith(".."))) {
      stream.forEach(entries::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return entries;
  }
}
