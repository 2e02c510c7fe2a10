package dev.skald.config.load;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Resolves {@code <<: *anchor}: keys of the mapping itself win, then those of earlier anchors. */
final class MergeKeys {
  private static final int DEEPEST = 20;

  private MergeKeys() {}

  /** Returns the pairs of a mapping, duplicates among its own included. */
  static List<NodeTuple> flatten(MappingNode mapping, Findings findings) {
    List<NodeTuple> pairs = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (NodeTuple pair : mapping.getValue()) {
      if (!isMerge(pair.getKeyNode())) {
        pairs.add(pair);
        names.add(name(pair));
      }
    }
    addMerged(mapping, pairs, names, findings, 0);
    return pairs;
  }

  private static void addMerged(
      MappingNode mapping, List<NodeTuple> pairs, Set<String> names, Findings findings, int depth) {
    for (NodeTuple pair : mapping.getValue()) {
      if (isMerge(pair.getKeyNode()) && depth < DEEPEST) {
        for (MappingNode merged : sources(pair.getValueNode(), findings)) {
          addNew(merged, pairs, names);
          addMerged(merged, pairs, names, findings, depth + 1);
        }
      }
    }
  }

  private static void addNew(MappingNode merged, List<NodeTuple> pairs, Set<String> names) {
    for (NodeTuple pair : merged.getValue()) {
      if (!isMerge(pair.getKeyNode()) && names.add(name(pair))) {
        pairs.add(pair);
      }
    }
  }

  private static List<MappingNode> sources(Node value, Findings findings) {
    List<Node> nodes =
        value instanceof SequenceNode sequence ? sequence.getValue() : List.of(value);
    List<MappingNode> mappings = new ArrayList<>();
    for (Node node : nodes) {
      if (node instanceof MappingNode mapping) {
        mappings.add(mapping);
      } else {
        findings.problem(
            node.getStartMark().getLine() + 1, "map merge requires map or sequence of maps");
      }
    }
    return mappings;
  }

  private static boolean isMerge(Node key) {
    return key instanceof ScalarNode scalar
        && scalar.getScalarStyle() == ScalarStyle.PLAIN
        && scalar.getValue().equals("<<");
  }

  private static String name(NodeTuple pair) {
    return pair.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
  }
}
