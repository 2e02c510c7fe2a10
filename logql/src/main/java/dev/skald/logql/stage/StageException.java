package dev.skald.logql.stage;

/** Why a stage cannot be compiled; the compiler adds which stage it is (logql.md §4.1). */
final class StageException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  StageException(String message) {
    super(message);
  }
}
