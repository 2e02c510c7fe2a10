package dev.skald.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class ReplyWriterTest {
  private static final Duration TIMEOUT = Duration.ofMinutes(1);
  private static final ReplyWriter.Framing FRAMING = new ReplyWriter.Framing(false, null);

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final ReplyWriter writer =
      new ReplyWriter(channel, TIMEOUT, new Deadline(channel.eventLoop()));

  @Test
  void keepsNoReplyForWhoHasGone() {
    AtomicBoolean done = new AtomicBoolean();
    channel.close();
    writer.write(
        Response.bytes(200, "text/plain", new byte[10_000_000]), FRAMING, () -> done.set(true));
    assertThat(channel.runScheduledPendingTasks()).as("no deadline").isEqualTo(-1);
    assertThat(writer.isIdle()).isTrue();
    assertThat(done).isFalse();
  }

  @Test
  void breaksOffStreamsForWhoHasGone() {
    StreamedBody body = new StreamedBody(sink -> {});
    channel.close();
    writer.write(Response.streamed(200, "text/plain", body), FRAMING, () -> {});
    assertThat(body.isBroken()).isTrue();
    assertThat(writer.isIdle()).isTrue();
  }

  @Test
  void forgetsAReplyWhoseClientGoes() {
    channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
    writer.write(Response.bytes(200, "text/plain", new byte[10_000_000]), FRAMING, () -> {});
    assertThat(writer.isIdle()).isFalse();
    writer.forget();
    assertThat(writer.isIdle()).isTrue();
  }
}
