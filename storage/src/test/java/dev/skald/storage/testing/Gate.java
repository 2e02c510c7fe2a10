package dev.skald.storage.testing;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A slow store: calls wait until the gate is opened, and then go on. */
public final class Gate implements Mishap {
  private static final long PATIENCE_SECONDS = 60;

  private final CountDownLatch arrived = new CountDownLatch(1);
  private final CountDownLatch opened = new CountDownLatch(1);

  @Override
  public <T> T strike(Call call, Effect<T> effect) throws IOException {
    arrived.countDown();
    try {
      if (!opened.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(call + " waited in vain for the gate to open");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(call + " was interrupted");
    }
    return effect.happen();
  }

  /** Waits until a call stands before the gate. */
  public void awaitArrival() throws InterruptedException {
    if (!arrived.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("no call came to the gate");
    }
  }

  /** Lets all calls through from now on. */
  public void open() {
    opened.countDown();
  }
}
