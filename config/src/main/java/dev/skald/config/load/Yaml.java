package dev.skald.config.load;

import java.io.StringReader;
import java.util.Iterator;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Text to a tree of nodes that know their lines. */
final class Yaml {
  private static final int MOST_CHARACTERS = 64 << 20;

  private Yaml() {}

  /** Returns the first document, null if there is none or if it cannot be read. */
  static Node parse(String text, Findings findings) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MOST_CHARACTERS);
    options.setMaxAliasesForCollections(1000);
    try {
      Iterator<Node> documents =
          new org.yaml.snakeyaml.Yaml(options).composeAll(new StringReader(text)).iterator();
      return documents.hasNext() ? documents.next() : null;
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      findings.problem(line, e.getProblem());
    } catch (YAMLException e) {
      findings.problem(0, String.valueOf(e.getMessage()).replace('\n', ' '));
    }
    return null;
  }
}
