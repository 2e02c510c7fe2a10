package dev.skald.storage.catalog;

import java.util.Collection;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names the objects of the catalog: {@code catalog/000000000017.edit} and {@code .state}.
 *
 * @param edits numbers of the edits that are there
 * @param states numbers of the edits after which a checkpoint was made that is there
 */
record CatalogKeys(NavigableSet<Long> edits, NavigableSet<Long> states) {
  static final String PREFIX = "catalog/";

  private static final Pattern KEY = Pattern.compile("catalog/([0-9]{12,18})\\.(edit|state)");

  static String edit(long number) {
    return PREFIX + String.format("%012d", number) + ".edit";
  }

  static String state(long number) {
    return PREFIX + String.format("%012d", number) + ".state";
  }

  /** Sorts the keys of a listing; what is none of ours is left out. */
  static CatalogKeys of(Collection<String> keys) {
    CatalogKeys found = new CatalogKeys(new TreeSet<>(), new TreeSet<>());
    for (String key : keys) {
      Matcher matcher = KEY.matcher(key);
      if (matcher.matches()) {
        long number = Long.parseLong(matcher.group(1));
        (matcher.group(2).equals("edit") ? found.edits : found.states).add(number);
      }
    }
    return found;
  }

  /** Returns the greatest number that stands in a key, or -1. */
  long greatest() {
    return Math.max(edits.isEmpty() ? -1 : edits.last(), states.isEmpty() ? -1 : states.last());
  }
}
