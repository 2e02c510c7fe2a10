package dev.skald.server.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.config.Limits;
import dev.skald.ingester.RecordFeed;
import dev.skald.logql.syntax.LogExpr;
import dev.skald.logql.syntax.Parser;
import dev.skald.querier.Held;
import dev.skald.querier.tail.Tails;
import dev.skald.server.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a tail says at its end, whichever of two ends comes first. */
final class TailSessionTest {
  private static final String QUERY = "{app=\"a\"}";
  private static final String STOPPING = "1011 all ingesters closed the connection";

  private final Tails tails =
      new Tails(
          new RecordFeed(),
          tenant -> Limits.defaults(),
          Duration.ofHours(1),
          new Tails.Environment(() -> Instant.EPOCH, () -> 0, Runnable::run, 1 << 20));
  private final List<String> farewells = new ArrayList<>();

  /** Remembers how it is closed; as a real one, it is closed once. */
  private final WebSocket socket =
      new WebSocket() {
        @Override
        public boolean send(byte[] utf8, int length) {
          return true;
        }

        @Override
        public void close(int code, String reason) {
          farewells.add(code + " " + reason);
        }
      };

  private TailSession session(TailSession.History stored) {
    LogExpr query = Parser.parseLogQuery(QUERY);
    TailRequest request = new TailRequest("t", query, QUERY, Duration.ZERO, 0, 100, "");
    return new TailSession(tails, stored, request, new TailJson(EncodingFlags.NONE, true));
  }

  /** A machine so busy that the session gets no turn until the server has lost its patience. */
  @Test
  void saysThatTheServerStopsThoughItIsInterruptedBeforeItCould() {
    TailSession late =
        session(
            query -> {
              tails.close();
              Thread.currentThread().interrupt();
              return Held.of(List.of());
            });

    assertThatThrownBy(() -> late.run(socket)).isInstanceOf(InterruptedException.class);

    assertThat(farewells).containsExactly(STOPPING);
  }

  @Test
  void saysSoToATailThatHasNotReadItsHistory() {
    TailSession reading =
        session(
            query -> {
              tails.close();
              throw new InterruptedException();
            });

    assertThatThrownBy(() -> reading.run(socket)).isInstanceOf(InterruptedException.class);

    assertThat(farewells).containsExactly(STOPPING);
  }

  @Test
  void saysSoToATailThatComesTooLate() throws InterruptedException {
    tails.close();

    session(query -> Held.of(List.of())).run(socket);

    assertThat(farewells).containsExactly(STOPPING);
  }

  @Test
  void saysNothingToAClientThatHasGone() {
    TailSession gone =
        session(
            query -> {
              throw new InterruptedException();
            });

    assertThatThrownBy(() -> gone.run(socket)).isInstanceOf(InterruptedException.class);

    assertThat(farewells).isEmpty();
    assertThat(tails.active()).isZero();
  }
}
