package dev.skald.storage;

/** How much a seal may cost. */
public enum SealEffort {
  /** Compresses as {@link StorageOptions#zstdLevel} says. */
  USUAL,

  /** Takes half the time and a few hundredths more space, until a merge compresses it again. */
  LEAST
}
