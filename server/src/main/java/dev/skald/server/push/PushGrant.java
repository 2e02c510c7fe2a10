package dev.skald.server.push;

import dev.skald.distributor.PushRoom;
import java.util.concurrent.Semaphore;

/**
 * What one push has been given of the memory. It grows while there is some left, but never waits
 * for more, as others may wait for what it has.
 */
final class PushGrant implements PushRoom, AutoCloseable {
  static final int UNIT = 1 << 10;

  private final Semaphore units;
  private final BodyDecompressor decompressor;
  private int taken;
  private long used;

  private PushGrant(Semaphore units, BodyDecompressor decompressor, int taken) {
    this.units = units;
    this.decompressor = decompressor;
    this.taken = taken;
  }

  /**
   * Waits until there is so much memory.
   *
   * @param maxDecompressed the most that the body may become, in bytes
   */
  static PushGrant await(Semaphore units, int bytes, int maxDecompressed)
      throws InterruptedException {
    int taken = units(bytes);
    units.acquire(taken);
    BodyDecompressor decompressor = new BodyDecompressor(Math.min(bytes, maxDecompressed));
    return new PushGrant(units, decompressor, taken);
  }

  static int units(int bytes) {
    return bytes / UNIT + 1;
  }

  /** Refuses what does not fit into the memory. */
  BodyDecompressor decompressor() {
    return decompressor;
  }

  @Override
  public void take(long bytes) {
    used += bytes;
    long lacking = used - (long) taken * UNIT;
    if (lacking <= 0) {
      return;
    }
    int more = (int) Math.min(Integer.MAX_VALUE, lacking / UNIT + 1);
    if (!units.tryAcquire(more)) {
      throw new Exceeded();
    }
    taken += more;
  }

  @Override
  public void close() {
    units.release(taken);
    taken = 0;
  }
}
