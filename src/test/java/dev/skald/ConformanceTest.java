package dev.skald;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.testing.AnswerComparison;
import dev.skald.testing.Http;
import dev.skald.testing.KnownDifferences;
import dev.skald.testing.RecordedAnswer;
import dev.skald.testing.RunningServer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Answers as Loki 3.7.6 did, to the same requests on the same data: first from memory, then from
 * segments. Loki ran with patterns switched on and a higher limit of series.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ConformanceTest {
  private static final List<RecordedAnswer> ANSWERS = RecordedAnswer.all();

  @TempDir static Path directory;
  private static RunningServer server;

  @BeforeAll
  static void pushTheCorpus() {
    server = RunningServer.start(directory, ", max_query_series: 5000");
    for (String body : RecordedAnswer.corpus()) {
      assertThat(server.http().push(body).status()).isEqualTo(204);
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @TestFactory
  @Order(1)
  Stream<DynamicTest> answersFromMemory() {
    return cases();
  }

  @TestFactory
  @Order(2)
  Stream<DynamicTest> answersFromSegments() {
    server.flush();
    return cases();
  }

  private static Stream<DynamicTest> cases() {
    return ANSWERS.stream()
        .map(answer -> DynamicTest.dynamicTest(answer.name(), () -> check(answer)));
  }

  private static void check(RecordedAnswer answer) {
    Http.Reply reply = server.http().get(answer.path(), answer.parameters());
    if (KnownDifferences.contains(answer)) {
      KnownDifferences.check(answer, reply);
    } else {
      assertThat(AnswerComparison.difference(answer, reply)).as(answer.name()).isNull();
    }
  }
}
