package dev.skald.storage.object;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Something that one thread reads and any number of threads wait for. */
public final class Pending<T> {
  private static final long LOOK_MILLIS = 20;

  private final CompletableFuture<T> result = new CompletableFuture<>();

  public void complete(T value) {
    result.complete(value);
  }

  /** Ends the wait of all with a failure, unless there is a result already. */
  public void fail(Throwable cause) {
    result.completeExceptionally(cause);
  }

  /** Runs something once there is a result or a failure; at once if there is one. */
  public void whenDone(Runnable then) {
    result.whenComplete((value, failure) -> then.run());
  }

  /**
   * Waits for the result.
   *
   * @throws IOException that of the thread that read, or an {@link InterruptedIOException} if this
   *     one is interrupted
   */
  public T await() throws IOException {
    return await(() -> {});
  }

  /**
   * Waits for the result.
   *
   * @param pause runs now and then while there is none; what it throws ends the wait
   * @throws IOException that of the thread that read, or an {@link InterruptedIOException} if this
   *     one is interrupted
   */
  public T await(Runnable pause) throws IOException {
    try {
      while (true) {
        try {
          return result.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException notYet) {
          pause.run();
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      InterruptedIOException failure = new InterruptedIOException("interrupted while reading");
      failure.initCause(interrupted);
      throw failure;
    } catch (ExecutionException failure) {
      switch (failure.getCause()) {
        case IOException cause -> throw cause;
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        default -> throw new IllegalStateException(failure.getCause());
      }
    }
  }
}
