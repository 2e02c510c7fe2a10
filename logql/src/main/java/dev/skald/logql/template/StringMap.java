package dev.skald.logql.template;

import dev.skald.logql.batch.Slice;
import java.util.Collection;

/**
 * What Go calls a {@code map[string]string}, as a template's dot: a name that is absent reads as
 * the empty text. The values may stay where they are; a template asks for those that it prints.
 */
public interface StringMap {
  /**
   * Points a slice at the value of a name.
   *
   * @param into left alone when the name is absent; its bytes are read before the next call
   * @return whether the name is present, be it with an empty value
   */
  boolean find(String name, Slice into);

  /** Returns the names that are present, in any order. */
  Collection<String> names();
}
