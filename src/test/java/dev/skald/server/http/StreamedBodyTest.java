package dev.skald.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class StreamedBodyTest {

  @Test
  void whoMakesItIsInterruptedWhereverItWaits() throws Exception {
    CountDownLatch waits = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    StreamedBody body =
        new StreamedBody(
            sink -> {
              waits.countDown();
              never.await();
            });
    Thread maker = Thread.ofVirtual().start(body::produce);
    waits.await();

    body.breakOff();

    maker.join();
    assertThat(body.isOver()).isTrue();
    assertThat(body.isBroken()).isTrue();
  }

  @Test
  void whatItsMakerDoesNextIsNotInterrupted() {
    StreamedBody body = new StreamedBody(sink -> Thread.currentThread().interrupt());

    body.produce();
    body.breakOff();

    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }
}
