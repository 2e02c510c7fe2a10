package dev.skald.config.load;

import dev.skald.config.keys.Key;
import dev.skald.config.keys.Scalar;
import dev.skald.config.keys.Section;
import dev.skald.config.keys.Shape;
import dev.skald.config.keys.Use;
import dev.skald.config.keys.YamlScalars;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads nodes against the table of keys, strictly and to the end: every problem is found, none
 * stops it. The words of problems are those of Loki's own parser, with advice after a semicolon
 * (config-and-clients.md §1.1).
 */
final class NodeReader {
  private static final int MOST_NODES = 500_000;
  private static final int DEEPEST = 60;

  private final Findings findings;
  private int nodes;
  private int depth;
  private int unusedDepth;

  NodeReader(Findings findings) {
    this.findings = findings;
  }

  /** Sets what a node says; a null node, or one that says null, changes nothing. */
  void fill(Settings settings, Node node) {
    if (node == null || isNull(node) || !enter(node)) {
      return;
    }
    if (node instanceof MappingNode mapping) {
      Set<String> seen = new HashSet<>();
      for (NodeTuple pair : MergeKeys.flatten(mapping, findings)) {
        readPair(settings, pair, seen);
      }
    } else {
      wrongType(node, settings.section().goType(), "");
    }
    depth--;
  }

  private void readPair(Settings settings, NodeTuple pair, Set<String> seen) {
    int line = line(pair.getKeyNode());
    if (!(pair.getKeyNode() instanceof ScalarNode name)) {
      findings.problem(line, "a key of " + settings.section().goType() + " must be a word");
      return;
    }
    Section section = settings.section();
    Key key = section.key(name.getValue()).orElse(null);
    if (key == null) {
      unknown(settings, name.getValue(), line);
    } else if (!seen.add(key.name())) {
      findings.problem(line, "field " + key.name() + " already set in type " + section.goType());
    } else {
      note(settings, key, line);
      unusedDepth += key.use() == Use.UNUSED ? 1 : 0;
      readValue(settings, key, pair.getValueNode(), line);
      unusedDepth -= key.use() == Use.UNUSED ? 1 : 0;
    }
  }

  private void unknown(Settings settings, String name, int line) {
    if (settings.section().isOpen()) {
      findings.notice(line, settings.path(name), "has no effect in Skald");
      return;
    }
    findings.problem(
        line,
        "field %s not found in type %s%s"
            .formatted(
                name, settings.section().goType(), NearestKey.advice(name, settings.section())));
  }

  private void note(Settings settings, Key key, int line) {
    if (key.use() == Use.REMOVED) {
      findings.warning(line, settings.path(key.name()), "has no effect: " + key.remark());
    } else if (key.use() == Use.UNUSED && unusedDepth == 0) {
      findings.notice(line, settings.path(key.name()), "has no effect in Skald");
    }
  }

  private void readValue(Settings settings, Key key, Node node, int line) {
    if (isNull(node)) {
      return;
    }
    switch (key.shape()) {
      case Scalar scalar -> readScalar(settings, key, scalar, node);
      case Shape.Texts texts -> put(settings, key, texts(node), line);
      case Shape.TextMap map -> put(settings, key, textMap(node), line);
      case Shape.Any any -> put(settings, key, any(node), line);
      case Shape.Block block -> fill(settings.blockToFill(key.name(), line), node);
      case Shape.Blocks(Section inner) ->
          put(settings, key, blocks(settings, key, inner, node), line);
      case Shape.NamedBlocks(Section inner) ->
          put(settings, key, namedBlocks(settings, key, inner, node), line);
    }
  }

  private void readScalar(Settings settings, Key key, Scalar type, Node node) {
    if (!(node instanceof ScalarNode scalar)) {
      wrongType(node, type.goName(), "");
      return;
    }
    try {
      Object value = type.parse(scalar.getValue(), isQuoted(scalar));
      String complaint = key.complaint(value);
      if (complaint.isEmpty()) {
        settings.put(key.name(), value, line(node));
      } else {
        findings.problem(
            line(node),
            "field %s is %s; %s"
                .formatted(settings.path(key.name()), type.print(value), complaint));
      }
    } catch (IllegalArgumentException e) {
      if (type == Scalar.URL) {
        findings.problem(line(node), settings.path(key.name()) + " is " + e.getMessage());
      } else {
        wrongType(node, type.goName(), String.valueOf(e.getMessage()));
      }
    }
  }

  private List<String> texts(Node node) {
    List<String> texts = new ArrayList<>();
    if (!(node instanceof SequenceNode sequence)) {
      wrongType(node, "[]string", "");
      return null;
    }
    for (Node item : sequence.getValue()) {
      if (item instanceof ScalarNode scalar) {
        texts.add(isNull(item) ? "" : scalar.getValue());
      } else {
        wrongType(item, "string", "");
      }
    }
    return List.copyOf(texts);
  }

  private Map<String, String> textMap(Node node) {
    Map<String, String> texts = new LinkedHashMap<>();
    forEachEntry(
        node,
        "map[string]string",
        (name, value) -> {
          if (value instanceof ScalarNode scalar) {
            texts.put(name, isNull(value) ? "" : scalar.getValue());
          } else {
            wrongType(value, "string", "");
          }
        });
    return texts;
  }

  private List<Settings> blocks(Settings parent, Key key, Section inner, Node node) {
    if (!(node instanceof SequenceNode sequence)) {
      wrongType(node, "[]" + inner.goType(), "");
      return null;
    }
    List<Settings> blocks = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      Settings block =
          new Settings(parent.path(key.name()) + "[" + blocks.size() + "]", inner, null);
      fill(block, item);
      blocks.add(block);
    }
    return List.copyOf(blocks);
  }

  private Map<String, Settings> namedBlocks(Settings parent, Key key, Section inner, Node node) {
    Map<String, Settings> blocks = new LinkedHashMap<>();
    forEachEntry(
        node,
        "map[string]" + inner.goType(),
        (name, value) -> {
          String path = parent.path(key.name()) + "." + name;
          if (isNull(value)) {
            findings.warning(line(value), path, "is empty and ignored");
            return;
          }
          Settings block = new Settings(path, inner, null);
          fill(block, value);
          blocks.put(name, block);
        });
    return blocks;
  }

  private Object any(Node node) {
    if (!enter(node)) {
      return "";
    }
    Object value =
        switch (node) {
          case MappingNode mapping -> {
            Map<String, Object> map = new LinkedHashMap<>();
            forEachEntry(mapping, "map", (name, inner) -> map.put(name, any(inner)));
            yield map;
          }
          case SequenceNode sequence -> {
            List<Object> list = new ArrayList<>();
            sequence.getValue().forEach(item -> list.add(any(item)));
            yield list;
          }
          case ScalarNode scalar -> YamlScalars.value(scalar.getValue(), isQuoted(scalar));
          default -> "";
        };
    depth--;
    return value;
  }

  private interface EntryReader {
    void read(String name, Node value);
  }

  private void forEachEntry(Node node, String goType, EntryReader reader) {
    if (!(node instanceof MappingNode mapping)) {
      wrongType(node, goType, "");
      return;
    }
    Set<String> seen = new HashSet<>();
    for (NodeTuple pair : MergeKeys.flatten(mapping, findings)) {
      if (!(pair.getKeyNode() instanceof ScalarNode name)) {
        findings.problem(line(pair.getKeyNode()), "a key of a map must be a word");
      } else if (!seen.add(name.getValue())) {
        findings.problem(line(name), "key \"" + name.getValue() + "\" already set in map");
      } else {
        reader.read(name.getValue(), pair.getValueNode());
      }
    }
  }

  private void put(Settings settings, Key key, Object value, int line) {
    if (value != null) {
      settings.put(key.name(), value, line);
    }
  }

  private void wrongType(Node node, String goType, String detail) {
    String what =
        switch (node) {
          case MappingNode mapping -> "!!map";
          case SequenceNode sequence -> "!!seq";
          case ScalarNode scalar ->
              "%s `%s`"
                  .formatted(
                      YamlScalars.tag(scalar.getValue(), isQuoted(scalar)),
                      shortened(scalar.getValue()));
          default -> node.getTag().toString();
        };
    findings.problem(
        line(node),
        "cannot unmarshal " + what + " into " + goType + (detail.isEmpty() ? "" : "; " + detail));
  }

  /** Guards against aliases that make a small file endless. */
  private boolean enter(Node node) {
    if (++nodes > MOST_NODES || depth >= DEEPEST) {
      findings.problem(line(node), "the file is nested too deeply or its aliases are too many");
      return false;
    }
    depth++;
    return true;
  }

  private static boolean isNull(Node node) {
    return node instanceof ScalarNode scalar
        && YamlScalars.isNull(scalar.getValue(), isQuoted(scalar));
  }

  private static boolean isQuoted(ScalarNode scalar) {
    return scalar.getScalarStyle() != ScalarStyle.PLAIN;
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }

  private static String shortened(String text) {
    String line = text.replace('\n', ' ');
    return line.length() <= 60 ? line : line.substring(0, 60) + "...";
  }
}
