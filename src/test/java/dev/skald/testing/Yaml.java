package dev.skald.testing;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Reads YAML; a key that stands twice in a mapping is an error. */
public final class Yaml {
  private static final ObjectMapper MAPPER =
      new YAMLMapper().enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  private Yaml() {}

  /** Returns the documents of a file. */
  public static List<JsonNode> documents(Path file) throws IOException {
    try (MappingIterator<JsonNode> documents =
        MAPPER.readerFor(JsonNode.class).readValues(file.toFile())) {
      return documents.readAll();
    }
  }

  /** Returns the only document of a file. */
  public static JsonNode document(Path file) throws IOException {
    List<JsonNode> documents = documents(file);
    if (documents.size() != 1) {
      throw new AssertionError(file + " has " + documents.size() + " documents, wanted one");
    }
    return documents.getFirst();
  }
}
