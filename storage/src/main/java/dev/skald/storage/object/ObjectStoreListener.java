package dev.skald.storage.object;

/** Hears of what an object store is asked. Called from any thread; must not block. */
public interface ObjectStoreListener {
  /** Hears nothing. */
  ObjectStoreListener NONE = (operation, outcome, nanos, bytes) -> {};

  /** What a store is asked for; the names are those that Loki's dashboards know. */
  enum Operation {
    GET("get_range"),
    PUT("upload"),
    PUT_IF_ABSENT("upload_if_absent"),
    LIST("iter"),
    DELETE("delete"),
    SIZE("attributes");

    private final String label;

    Operation(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }

  /** How it went. */
  enum Outcome {
    OK("ok"),
    /** There is no such object. */
    ABSENT("not_found"),
    /** The key is taken. */
    TAKEN("exists"),
    FAILED("error");

    private final String label;

    Outcome(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }

  /**
   * An operation has ended, with all its retries.
   *
   * @param bytes of content that were read or written, 0 unless it went well
   */
  void finished(Operation operation, Outcome outcome, long nanos, long bytes);

  /**
   * A request was sent to a remote store; one operation may take several.
   *
   * @param retry whether it repeats one that has failed
   */
  default void requested(Operation operation, boolean retry) {}
}
