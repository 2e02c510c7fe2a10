package dev.skald.logql.batch;

import java.util.Objects;

/** A block that shows another one with some changes; what is not overridden is the other's. */
public abstract class ForwardingBlock implements Block {
  private final Block block;

  protected ForwardingBlock(Block block) {
    this.block = Objects.requireNonNull(block, "block is null");
  }

  /** The other block. */
  protected final Block block() {
    return block;
  }

  @Override
  public long minTime() {
    return block.minTime();
  }

  @Override
  public long maxTime() {
    return block.maxTime();
  }

  @Override
  public boolean recent() {
    return block.recent();
  }

  @Override
  public Batch read(Columns columns) {
    return block.read(columns);
  }

  @Override
  public long storedBytes() {
    return block.storedBytes();
  }

  @Override
  public long memory(Columns columns) {
    return block.memory(columns);
  }

  @Override
  public void release() {
    block.release();
  }
}
