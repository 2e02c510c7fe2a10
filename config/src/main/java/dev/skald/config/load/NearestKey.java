package dev.skald.config.load;

import dev.skald.config.keys.Key;
import dev.skald.config.keys.RootKeys;
import dev.skald.config.keys.Section;
import dev.skald.config.keys.Shape;
import dev.skald.config.keys.Use;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what somebody meant who wrote a key that is not there. */
final class NearestKey {
  private static final int MOST_HOMES = 3;

  private NearestKey() {}

  /** Returns the end of a sentence with advice; empty if there is none. */
  static String advice(String name, Section section) {
    Optional<String> near = near(name, section);
    if (near.isPresent()) {
      return "; did you mean \"" + near.get() + "\"?";
    }
    List<String> homes =
        homes(name, RootKeys.ROOT, "")
            .sorted(Comparator.comparingInt(home -> home.split("\\.").length))
            .limit(MOST_HOMES)
            .toList();
    return homes.isEmpty() ? "" : "; it belongs " + String.join(", ", homes);
  }

  /** Returns the key of a section that is spelt most like a name, if one is near enough. */
  static Optional<String> near(String name, Section section) {
    int reach = Math.max(1, Math.min(name.length() / 3, 4));
    return section.keys().stream()
        .filter(key -> key.use() != Use.REMOVED && key.use() != Use.QUIET)
        .map(Key::name)
        .filter(key -> Math.abs(key.length() - name.length()) <= reach)
        .filter(key -> distance(name, key) <= reach)
        .min(Comparator.comparingInt(key -> distance(name, key)));
  }

  /** Insertions, deletions, replacements and swaps of neighbours that make one word the other. */
  static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : step(cost, a, b, i, j);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int step(int[][] cost, String a, String b, int i, int j) {
    boolean same = a.charAt(i - 1) == b.charAt(j - 1);
    int least =
        Math.min(cost[i - 1][j - 1] + (same ? 0 : 1), 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
  }

  /** The sections that have a key of just this name, as {@code under "ruler.storage"}. */
  private static Stream<String> homes(String name, Section section, String path) {
    boolean here = section.key(name).filter(key -> key.use() == Use.USED).isPresent();
    Stream<String> deeper =
        section.keys().stream()
            .filter(key -> key.shape() instanceof Shape.Block)
            .flatMap(
                key ->
                    homes(
                        name,
                        ((Shape.Block) key.shape()).section(),
                        path.isEmpty() ? key.name() : path + "." + key.name()));
    String place = path.isEmpty() ? "at the top level" : "under \"" + path + "\"";
    return here ? Stream.concat(Stream.of(place), deeper) : deeper;
  }
}
