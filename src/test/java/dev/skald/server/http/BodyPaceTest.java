package dev.skald.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.config.HttpConfig.RequestLimits;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class BodyPaceTest {
  private final MockTicker ticker = Ticker.newMockTicker();
  private final EmbeddedChannel channel = EmbeddedChannel.builder().ticker(ticker).build();
  private final AtomicInteger ended = new AtomicInteger();

  private BodyPace pace(long rate) {
    RequestLimits limits = new RequestLimits(1024, 1024, 1, rate, Duration.ofSeconds(5));
    BodyPace pace = new BodyPace(limits, channel.eventLoop());
    pace.begin(ended::incrementAndGet);
    return pace;
  }

  private void pass(long millis) {
    ticker.advanceMillis(millis);
    channel.runScheduledPendingTasks();
  }

  @Test
  void endsWhatDoesNotComeAtAll() {
    pace(100);
    pass(4_999);
    assertThat(ended).hasValue(0);
    pass(1);
    assertThat(ended).hasValue(1);
    pass(60_000);
    assertThat(ended).hasValue(1);
  }

  @Test
  void letsWhatIsFastEnoughTakeItsTime() {
    BodyPace pace = pace(100);
    for (int second = 0; second < 300; second++) {
      pace.received(100);
      pass(1_000);
    }
    assertThat(ended).hasValue(0);
    pass(5_000);
    assertThat(ended).hasValue(1);
  }

  @Test
  void endsWhatTrickles() {
    BodyPace pace = pace(100);
    for (int second = 0; second < 10; second++) {
      pace.received(1);
      pass(1_000);
    }
    assertThat(ended).hasValue(1);
  }

  @Test
  void countsNoTimeInWhichNobodyReads() {
    BodyPace pace = pace(100);
    pass(3_000);
    pace.pause();
    pass(600_000);
    pace.resume();
    pass(1_999);
    assertThat(ended).hasValue(0);
    pass(1);
    assertThat(ended).hasValue(1);
  }

  @Test
  void leavesWholeBodiesAlone() {
    pace(100).end();
    pass(60_000);
    assertThat(ended).hasValue(0);
  }

  @Test
  void letsAllTrickleIfToldSo() {
    pace(0);
    pass(600_000);
    assertThat(ended).hasValue(0);
  }
}
