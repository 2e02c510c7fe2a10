package dev.skald;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.testing.Lines;
import dev.skald.testing.RunningServer;
import dev.skald.testing.ServerInProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers run in one process and know nothing of each other. */
final class TwoServersTest {
  private static final long TIME = 1_795_132_800_000_000_000L;

  @TempDir Path first;
  @TempDir Path second;

  @Test
  void eachHasItsOwnLines() {
    try (RunningServer a = RunningServer.start(first);
        RunningServer b = RunningServer.start(second)) {
      a.http().push(Lines.push(Map.of("app", "x"), TIME, List.of("one")));
      b.http().push(Lines.push(Map.of("app", "x"), TIME, List.of("two")));

      assertThat(Lines.query(a.http(), "{app=\"x\"}", TIME, TIME + 1))
          .extracting(Lines.Line::text)
          .containsExactly("one");
      assertThat(Lines.query(b.http(), "{app=\"x\"}", TIME, TIME + 1))
          .extracting(Lines.Line::text)
          .containsExactly("two");
    }
  }

  @Test
  void aSecondProcessSaysThatTheDirectoryIsInUse() throws Exception {
    try (ServerInProcess server = ServerInProcess.start(first, "")) {
      ServerInProcess.Refused refused = ServerInProcess.refused(first);

      assertThat(refused.status()).isEqualTo(1);
      assertThat(refused.output())
          .contains("Skald cannot start: ")
          .contains("is in use by another Skald; one at a time may open it");
      assertThat(server.http().get("/ready").status()).isEqualTo(200);
    }
  }

  @Test
  void oneDirectoryHasOneServer() {
    try (RunningServer a = RunningServer.start(first)) {
      assertThat(a.http().get("/ready").status()).isEqualTo(200);
      assertThatThrownBy(() -> RunningServer.start(first)).hasMessageContaining(first.toString());
    }
  }
}
