package dev.skald;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.testing.AnswerComparison;
import dev.skald.testing.RecordedAnswer;
import dev.skald.testing.RunningServer;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Answers as Loki 3.7.6 did, to the same requests on the same data. */
final class ConformanceTest {
  private static final Set<String> GROUPS =
      Set.of(
          "seed",
          "selector",
          "limit",
          "range",
          "timefmt",
          "step",
          "labels",
          "series",
          "volume",
          "format",
          "detected");

  @TempDir static Path directory;
  private static RunningServer server;

  @BeforeAll
  static void pushTheCorpus() {
    server = RunningServer.start(directory);
    for (String body : RecordedAnswer.corpus()) {
      assertThat(server.http().push(body).status()).isEqualTo(204);
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @TestFactory
  Stream<DynamicTest> answersFromMemory() {
    return cases();
  }

  @TestFactory
  Stream<DynamicTest> answersFromSegments() {
    server.flush();
    return cases();
  }

  private static Stream<DynamicTest> cases() {
    return RecordedAnswer.all().stream()
        .filter(answer -> GROUPS.contains(answer.group()))
        .map(answer -> DynamicTest.dynamicTest(answer.name(), () -> check(answer)));
  }

  private static void check(RecordedAnswer answer) {
    String difference =
        AnswerComparison.difference(answer, server.http().get(answer.path(), answer.parameters()));
    assertThat(difference).as(answer.name()).isNull();
  }
}
