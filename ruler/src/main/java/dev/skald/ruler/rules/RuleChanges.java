package dev.skald.ruler.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which groups came, differ and went from one snapshot to a later one. Groups that are in none of
 * the lists may go on undisturbed.
 */
public record RuleChanges(
    List<RuleGroup.Key> added, List<RuleGroup.Key> changed, List<RuleGroup.Key> removed) {
  public RuleChanges {
    added = List.copyOf(added);
    changed = List.copyOf(changed);
    removed = List.copyOf(removed);
  }

  public static RuleChanges between(RuleSnapshot earlier, RuleSnapshot later) {
    Map<RuleGroup.Key, RuleGroup> before = earlier.byKey();
    List<RuleGroup.Key> added = new ArrayList<>();
    List<RuleGroup.Key> changed = new ArrayList<>();
    later
        .byKey()
        .forEach(
            (key, group) -> {
              RuleGroup old = before.remove(key);
              if (old == null) {
                added.add(key);
              } else if (!old.equals(group)) {
                changed.add(key);
              }
            });
    return new RuleChanges(added, changed, List.copyOf(before.keySet()));
  }

  public boolean isEmpty() {
    return added.isEmpty() && changed.isEmpty() && removed.isEmpty();
  }

  /** Returns the tenants that any change is of. */
  public Set<String> tenants() {
    return Stream.of(added, changed, removed)
        .flatMap(List::stream)
        .map(RuleGroup.Key::tenant)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Says which groups changed and how, for the log. */
  @Override
  public String toString() {
    return Stream.of(text("added", added), text("changed", changed), text("removed", removed))
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining("; "));
  }

  private static String text(String what, List<RuleGroup.Key> keys) {
    return keys.isEmpty()
        ? ""
        : what + " " + keys.stream().map(Object::toString).collect(Collectors.joining(", "));
  }
}
