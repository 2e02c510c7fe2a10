package dev.skald.storage.testing;

import java.util.function.Predicate;

/**
 * What an object store is asked.
 *
 * @param key or the prefix of a list
 * @param offset first byte that is read
 * @param length how many bytes are read or written
 */
public record Call(Operation operation, String key, long offset, long length) {
  /** The methods of a store. */
  public enum Operation {
    GET,
    PUT,
    PUT_IF_ABSENT,
    LIST,
    DELETE,
    SIZE
  }

  public boolean writes() {
    return operation == Operation.PUT || operation == Operation.PUT_IF_ABSENT;
  }

  public static Predicate<Call> any() {
    return call -> true;
  }

  public static Predicate<Call> gets() {
    return call -> call.operation == Operation.GET;
  }

  /** Returns puts of both kinds. */
  public static Predicate<Call> puts() {
    return Call::writes;
  }

  public static Predicate<Call> deletes() {
    return call -> call.operation == Operation.DELETE;
  }

  /** Returns the calls whose key begins so. */
  public static Predicate<Call> under(String prefix) {
    return call -> call.key.startsWith(prefix);
  }
}
