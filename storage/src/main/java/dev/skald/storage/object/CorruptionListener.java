package dev.skald.storage.object;

/** Hears of bytes that are not what was written. Called from any thread. */
@FunctionalInterface
public interface CorruptionListener {

  /** Called once for each bad part of an object or file that is now left out. */
  void corrupt(CorruptDataException what);
}
