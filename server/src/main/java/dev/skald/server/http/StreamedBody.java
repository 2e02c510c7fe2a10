package dev.skald.server.http;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;

/**
 * The body of a reply that is made while it is sent, no faster than the client reads, so that it
 * never is in memory as a whole. It is made on the thread that handled the request, and written by
 * the connection.
 */
public final class StreamedBody {
  /** So many pieces wait for the client. */
  private static final int MOST_PIECES = 2;

  private final Writer writer;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<byte[]> pieces = new ArrayDeque<>();
  private Runnable reader = () -> {};
  private Compression compression;
  private boolean ended;
  private boolean broken;

  /** Who makes the body, while it is made. */
  private Thread maker;

  private LongConsumer whenOver = bytes -> {};
  private long bytes;

  /** Makes the body. */
  @FunctionalInterface
  public interface Writer {
    /**
     * Writes all of the body. What this throws breaks the reply off, so that the client sees that
     * it is not whole.
     */
    void write(Sink sink) throws Exception;
  }

  /** Takes the pieces of the body in their order. */
  @FunctionalInterface
  public interface Sink {
    /**
     * Sends the first bytes of an array, which may be written to again afterwards; waits while the
     * client is slow.
     *
     * @throws IOException if the client has gone
     */
    void write(byte[] bytes, int length) throws IOException, InterruptedException;
  }

  /** Makes a compressor. */
  @FunctionalInterface
  interface Compression {
    GzipSink over(Sink out) throws IOException;
  }

  public StreamedBody(Writer writer) {
    this.writer = writer;
  }

  /** Has the body compressed by gzip while it is made. For the thread of the handler. */
  void compress() {
    compress(GzipSink::new);
  }

  void compress(Compression with) {
    compression = with;
  }

  /**
   * Makes the body. For the thread of the handler, which is interrupted if the body is broken off:
   * it may be waiting for something else than the client.
   */
  void produce() {
    boolean failed = true;
    try {
      begin();
      if (compression != null) {
        produceCompressed();
      } else {
        writer.write(this::put);
      }
      failed = false;
    } catch (Exception e) {
      // The client sees a reply that is broken off; what it has got was true.
      failed = true;
    } finally {
      end(failed);
      whenOver.accept(bytes);
    }
  }

  /**
   * Says who is told how many bytes the body had, once it has been made, whole or not. For the
   * thread of the handler.
   */
  void whenOver(LongConsumer listener) {
    whenOver = listener;
  }

  private void produceCompressed() throws Exception {
    try (GzipSink gzip = compressor()) {
      writer.write(gzip);
      gzip.finish();
    }
  }

  private void begin() {
    lock.lock();
    try {
      if (!broken) {
        maker = Thread.currentThread();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Without a compressor the writer runs all the same, as it may hold what must be given back. */
  private GzipSink compressor() throws Exception {
    GzipSink made = null;
    try {
      made = compression.over(this::put);
      return made;
    } finally {
      if (made == null) {
        breakOff();
        writer.write(this::put);
      }
    }
  }

  /** Has the writer give back what it holds, though nobody will read the body. */
  void abandon() {
    breakOff();
    produce();
  }

  private void put(byte[] piece, int length) throws IOException, InterruptedException {
    Runnable wake;
    lock.lockInterruptibly();
    try {
      while (pieces.size() >= MOST_PIECES && !broken) {
        changed.await();
      }
      if (broken) {
        throw new IOException("the reply was broken off");
      }
      pieces.add(Arrays.copyOf(piece, length));
      bytes += length;
      wake = reader;
    } finally {
      lock.unlock();
    }
    wake.run();
  }

  private void end(boolean failed) {
    Runnable wake;
    lock.lock();
    try {
      ended = true;
      broken |= failed;
      wake = reader;
      maker = null;
    } finally {
      lock.unlock();
    }
    // From here on no interrupt can come, and what came is of no use.
    Thread.interrupted();
    wake.run();
  }

  /** Ends the body before its time. For any thread. */
  public void breakOff() {
    Runnable wake;
    lock.lock();
    try {
      broken = true;
      pieces.clear();
      if (maker != null) {
        maker.interrupt();
      }
      changed.signalAll();
      wake = reader;
    } finally {
      lock.unlock();
    }
    wake.run();
  }

  /**
   * Says who reads the body.
   *
   * @param wake is called by any thread when there may be more to read
   */
  void open(Runnable wake) {
    lock.lock();
    try {
      reader = wake;
    } finally {
      lock.unlock();
    }
  }

  /** Takes the next piece; null if there is none now. */
  byte[] poll() {
    lock.lock();
    try {
      changed.signalAll();
      return broken ? null : pieces.poll();
    } finally {
      lock.unlock();
    }
  }

  /** Returns whether there will be no more pieces. */
  boolean isOver() {
    lock.lock();
    try {
      return broken || ended && pieces.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Returns whether the body is not whole. */
  boolean isBroken() {
    lock.lock();
    try {
      return broken;
    } finally {
      lock.unlock();
    }
  }
}
