package dev.skald.logql.eval;

import dev.skald.logql.stage.Watch;

/** Memory that is held by something that says now and then how much it is. */
final class HeldMemory implements Watch {
  private final QueryContext context;
  private long reserved;

  HeldMemory(QueryContext context) {
    this.context = context;
  }

  @Override
  public void look(long heldBytes) {
    context.checkpoint();
    set(heldBytes);
  }

  /** Says how much is held from now on. */
  void set(long heldBytes) {
    long more = heldBytes - reserved;
    reserved = heldBytes;
    if (more != 0) {
      context.reserve(more);
    }
  }
}
