package dev.skald.ruler.relabel;

import java.util.Locale;

/** What a rule does; the names are those of the file, in lower case. */
enum RelabelAction {
  REPLACE,
  KEEP,
  DROP,
  KEEPEQUAL,
  DROPEQUAL,
  HASHMOD,
  LABELMAP,
  LABELDROP,
  LABELKEEP,
  LOWERCASE,
  UPPERCASE;

  /**
   * @throws IllegalArgumentException if there is no such action
   */
  static RelabelAction of(String name) {
    for (RelabelAction action : values()) {
      if (action.name().equals(name.toUpperCase(Locale.ROOT))) {
        return action;
      }
    }
    throw new IllegalArgumentException("unknown relabel action \"" + name + "\"");
  }

  boolean needsTarget() {
    return switch (this) {
      case REPLACE, HASHMOD, LOWERCASE, UPPERCASE, KEEPEQUAL, DROPEQUAL -> true;
      case KEEP, DROP, LABELMAP, LABELDROP, LABELKEEP -> false;
    };
  }
}
