package dev.skald.storage.object;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.config.S3Config;
import dev.skald.storage.object.FaultyFront.Fault;
import dev.skald.storage.testing.S3Endpoint;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** S3 behind a network that loses, breaks and delays; three retries are allowed. */
final class S3RetryTest {
  private static final String BUCKET = "lossy";

  @TempDir static Path directory;
  private static S3Endpoint endpoint;
  private static int objects;

  private final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();
  private final String key = "object/" + objects++;
  private FaultyFront front;
  private S3Store store;

  @BeforeAll
  static void start() throws Exception {
    endpoint = S3Endpoint.start(directory);
    endpoint.makeBucket(BUCKET);
  }

  @AfterAll
  static void stop() throws Exception {
    endpoint.close();
  }

  @BeforeEach
  void open() throws IOException {
    front = new FaultyFront(endpoint.port());
    store = open(Duration.ZERO);
  }

  @AfterEach
  void close() throws IOException {
    store.close();
    front.close();
  }

  private S3Store open(Duration responseTimeout) throws IOException {
    S3Config usual = S3Endpoint.config(front.port(), BUCKET);
    S3Config config =
        new S3Config(
            usual.endpoint(),
            usual.region(),
            usual.buckets(),
            usual.credentials(),
            usual.pathStyle(),
            usual.prefix(),
            usual.storageClass(),
            usual.encryption(),
            S3Endpoint.http(responseTimeout));
    return S3Store.open(
        config,
        new ObjectStoreListener() {
          @Override
          public void finished(Operation operation, Outcome outcome, long nanos, long bytes) {}

          @Override
          public void requested(Operation operation, boolean retry) {
            requests.add(operation.label() + (retry ? " again" : ""));
          }
        });
  }

  private static List<ByteBuffer> content(String text) {
    return List.of(ByteBuffer.wrap(text.getBytes(UTF_8)));
  }

  @Test
  void readsInSpiteOfThreeFaults() throws IOException {
    store.put(key, content("0123456789"));
    front.next(Fault.RESET, Fault.HALF_ANSWER, Fault.SLOW_DOWN);
    assertThat(store.get(key, 2, 7)).isEqualTo("2345678".getBytes(UTF_8));
    assertThat(requests)
        .containsExactly(
            "upload", "get_range", "get_range again", "get_range again", "get_range again");
  }

  @Test
  void writesListsAndDeletesInSpiteOfFaults() throws IOException {
    front.next(Fault.SLOW_DOWN, Fault.RESET);
    store.put(key, content("x"));
    front.next(Fault.LOST_ANSWER, Fault.RESET);
    store.put(key, content("xyz"));
    front.next(Fault.HALF_ANSWER);
    assertThat(store.list(key)).containsExactly(key);
    front.next(Fault.RESET);
    assertThat(store.size(key)).isEqualTo(3);
    front.next(Fault.LOST_ANSWER);
    store.delete(key);
    assertThat(store.list(key)).isEmpty();
  }

  @Test
  void givesUpAfterTheLastRetry() throws IOException {
    front.next(Fault.SLOW_DOWN, Fault.SLOW_DOWN, Fault.SLOW_DOWN, Fault.SLOW_DOWN);
    assertThatThrownBy(() -> store.put(key, content("x")))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("put of " + key + " in bucket lossy at http://127.0.0.1:")
        .hasMessageContaining("failed: 503 SlowDown not now")
        .hasMessageEndingWith(", tried 4 times");
    assertThat(front.requests).hasValue(4);
    assertThat(store.list(key)).isEmpty();
  }

  @Test
  void saysWhyNothingCameBack() {
    front.next(Fault.RESET, Fault.RESET, Fault.RESET, Fault.RESET);
    assertThatThrownBy(() -> store.list("x"))
        .hasMessageStartingWith("list of x in bucket lossy at http://127.0.0.1:")
        .hasMessageEndingWith(", tried 4 times");
  }

  @Test
  void aConditionalWriteWhoseAnswerWasLostFindsItselfAndSaysThatItMay() throws IOException {
    front.next(Fault.LOST_ANSWER);
    assertThatThrownBy(() -> store.putIfAbsent(key, content("mine")))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessageContaining(key)
        .hasMessageContaining("an earlier attempt whose answer was lost may have written it");
    assertThat(store.get(key, 0, 4)).isEqualTo("mine".getBytes(UTF_8));
  }

  @Test
  void aConditionalWriteThatIsRefusedAtOnceWasWrittenByAnother() throws IOException {
    store.putIfAbsent(key, content("first"));
    assertThatThrownBy(() -> store.putIfAbsent(key, content("second")))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessage(key);
  }

  @Test
  void aConditionalWriteThatMeetsAnotherTriesAgain() throws IOException {
    front.next(Fault.CONFLICT, Fault.CONFLICT);
    store.putIfAbsent(key, content("x"));
    assertThat(requests)
        .containsExactly("upload_if_absent", "upload_if_absent again", "upload_if_absent again");
  }

  @Test
  void doesNotAskAgainForWhatIsNotThere() {
    assertThatThrownBy(() -> store.get(key, 0, 1)).isInstanceOf(NoSuchFileException.class);
    assertThat(front.requests).hasValue(1);
  }

  @Test
  void deletesWhatTheStoreSaysIsNotThere() throws IOException {
    front.next(Fault.ABSENT);
    store.delete(key);
    assertThat(front.requests).hasValue(1);
  }

  @Test
  void doesNotWaitForeverForASilentStore() throws IOException {
    try (S3Store impatient = open(Duration.ofMillis(300))) {
      impatient.put(key, content("abc"));
      front.next(Fault.SILENCE);
      assertThat(impatient.get(key, 0, 3)).isEqualTo("abc".getBytes(UTF_8));
    }
  }

  @Test
  void anInterruptEndsAReadAtOnce() throws Exception {
    store.put(key, content("abc"));
    front.next(Fault.SILENCE);
    CompletableFuture<Throwable> outcome = new CompletableFuture<>();
    Thread reader =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    store.get(key, 0, 3);
                    outcome.complete(null);
                  } catch (IOException | RuntimeException failure) {
                    outcome.complete(
                        Thread.currentThread().isInterrupted()
                            ? failure
                            : new AssertionError("no longer interrupted", failure));
                  }
                });
    while (front.requests.get() < 2) {
      Thread.onSpinWait();
    }
    reader.interrupt();
    assertThat(outcome.get()).isInstanceOf(InterruptedIOException.class);
  }
}
