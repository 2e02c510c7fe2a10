package dev.skald.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class StoreWaitTest {
  private long now;
  private int checks;

  /** Pauses take no time, but move the clock. */
  private final StoreWait wait =
      new StoreWait(Duration.ofSeconds(60), () -> now, time -> now += time.toNanos());

  @Test
  void goesOnAsSoonAsTheStoreCanBeUsed() throws IOException {
    wait.until(
        () -> {
          if (++checks < 5) {
            throw new IOException("connection refused");
          }
        });
    assertThat(checks).isEqualTo(5);
    assertThat(Duration.ofNanos(now)).isEqualTo(Duration.ofSeconds(8));
  }

  @Test
  void givesUpAfterAMinuteAndSaysWhy() {
    assertThatThrownBy(
            () ->
                wait.until(
                    () -> {
                      checks++;
                      throw new IOException(
                          "list in bucket logs at http://minio:9000 failed: 404 NoSuchBucket");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "the object store cannot be used, after 60 s of trying: list in bucket logs at"
                + " http://minio:9000 failed: 404 NoSuchBucket");
    assertThat(checks).isEqualTo(31);
  }

  @Test
  void endsAtOnceWhenInterrupted() {
    StoreWait interrupted =
        new StoreWait(
            Duration.ofSeconds(60),
            () -> now,
            time -> {
              throw new InterruptedException();
            });
    assertThatThrownBy(
            () ->
                interrupted.until(
                    () -> {
                      throw new IOException("connection refused");
                    }))
        .isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
