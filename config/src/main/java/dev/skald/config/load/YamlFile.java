package dev.skald.config.load;

import dev.skald.config.Problem;
import dev.skald.config.keys.Section;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A file in YAML other than the configuration, read as strictly against a table of keys.
 *
 * @param settings what could be read
 * @param problems all that is wrong, by line; empty if nothing is
 */
public record YamlFile(Settings settings, List<Problem> problems) {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  public YamlFile {
    problems = List.copyOf(problems);
  }

  /**
   * Reads the first document of a file; one without any sets nothing.
   *
   * @param name how problems call the file
   */
  public static YamlFile read(String name, byte[] content, Section section) {
    Findings findings = new Findings(name);
    Settings settings = Settings.empty(section);
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      String yaml = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
      new NodeReader(findings).fill(settings, Yaml.parse(yaml, findings));
    } catch (CharacterCodingException e) {
      findings.problem(0, "the file is not UTF-8");
    }
    return new YamlFile(settings, findings.problems());
  }
}
