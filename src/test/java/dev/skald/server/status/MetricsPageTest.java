package dev.skald.server.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class MetricsPageTest {
  private final AtomicInteger refreshed = new AtomicInteger();
  private final MetricsPage page = new MetricsPage(refreshed::incrementAndGet, this::scrape);
  private volatile Thread second;

  private String scrape(String type) {
    if (type.equals("first")) {
      second = Thread.ofPlatform().start(() -> page.text("second"));
      while (refreshed.get() == 1 && !waits(second)) {
        Thread.onSpinWait();
      }
    }
    return type + " " + refreshed;
  }

  private static boolean waits(Thread thread) {
    return switch (thread.getState()) {
      case WAITING, BLOCKED, TERMINATED -> true;
      default -> false;
    };
  }

  @Test
  void isNotRefreshedWhileAnotherClientReadsIt() throws Exception {
    assertThat(page.text("first")).isEqualTo("first 1");
    second.join();
    assertThat(refreshed).hasValue(2);
  }
}
