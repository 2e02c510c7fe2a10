package dev.skald.storage.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.config.S3Config;
import dev.skald.storage.testing.S3Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract over HTTP, and what only S3 has: buckets, prefixes, pages, refusals. */
final class S3StoreTest extends ObjectStoreContract {
  @TempDir static Path directory;
  private static S3Endpoint endpoint;
  private static int buckets;

  private String bucket;
  private final List<S3Store> opened = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    endpoint = S3Endpoint.start(directory);
  }

  @AfterAll
  static void stop() throws Exception {
    endpoint.close();
  }

  @BeforeEach
  void openOnAnEmptyBucket() throws IOException {
    bucket = newBucket();
    store = open(endpoint.config(bucket));
  }

  @AfterEach
  void close() {
    opened.forEach(S3Store::close);
  }

  private static String newBucket() throws IOException {
    String name = "bucket-" + buckets++;
    endpoint.makeBucket(name);
    return name;
  }

  private S3Store open(S3Config config) throws IOException {
    S3Store s3 = S3Store.open(config, ObjectStoreListener.NONE);
    opened.add(s3);
    return s3;
  }

  @Test
  void listsMoreThanAPageHolds() throws IOException {
    List<String> keys = new ArrayList<>();
    Files.createDirectories(directory.resolve(bucket).resolve("many"));
    for (int i = 0; i < 2_100; i++) {
      keys.add("many/" + i);
      Files.createFile(directory.resolve(bucket).resolve(keys.getLast()));
    }
    Collections.sort(keys);
    assertThat(store.list("many/")).isEqualTo(keys);
  }

  @Test
  void keepsToItsPrefix() throws IOException {
    S3Store inner = open(endpoint.config(bucket).withPrefix("logs/skald"));
    inner.putIfAbsent("catalog/1.edit", chunks("inner"));
    store.putIfAbsent("catalog/1.edit", chunks("outer one"));

    assertThat(inner.list("")).containsExactly("catalog/1.edit");
    assertThat(inner.size("catalog/1.edit")).isEqualTo(5);
    assertThat(store.list("")).containsExactly("catalog/1.edit", "logs/skald/catalog/1.edit");
  }

  @Test
  void spreadsKeysOverBucketsAlwaysInTheSameWay() throws IOException {
    List<String> names = List.of(newBucket(), newBucket(), newBucket());
    S3Config config = endpoint.config(names.toArray(String[]::new));
    S3Store several = open(config);
    List<String> keys = new ArrayList<>();
    for (int i = 10; i < 40; i++) {
      keys.add("segments/t/" + i + ".seg");
      several.put(keys.getLast(), chunks("x"));
    }

    assertThat(several.list("segments/")).isEqualTo(keys);
    for (String name : names) {
      assertThat(open(endpoint.config(name)).list("")).isNotEmpty();
    }
    // Pinned: another choice would not find what is stored already.
    assertThat(S3Place.of(config, "segments/t/10.seg").bucket()).isEqualTo(names.get(1));
    assertThat(S3Place.of(config, "segments/t/11.seg").bucket()).isEqualTo(names.get(0));
    assertThat(S3Place.of(config.withPrefix("p"), "segments/t/15.seg").bucket())
        .isEqualTo(names.get(1));
  }

  @Test
  void leavesOutWhatConsolesCallFolders() throws IOException {
    store.put("segments/1.seg", chunks("x"));
    Files.createDirectories(directory.resolve(bucket).resolve("segments/empty"));
    assertThat(store.list("")).containsExactly("segments/1.seg");
  }

  @Test
  void aBucketThatTakesConditionalWritesPassesTheCheckAgainAndAgain() throws IOException {
    S3Store s3 = open(endpoint.config(bucket));
    for (int i = 0; i < 3; i++) {
      s3.checkReads();
      s3.checkWrites();
    }
    assertThat(s3.list("")).containsExactly(S3Store.PROBE);
  }

  @Test
  void namesABucketThatIsNotThere() throws IOException {
    S3Store nowhere = open(endpoint.config("no-such-bucket"));
    assertThatThrownBy(nowhere::checkReads)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("list in bucket no-such-bucket at http://127.0.0.1:")
        .hasMessageContaining("404 NoSuchBucket");
    assertThatThrownBy(() -> nowhere.get("a", 0, 1))
        .isExactlyInstanceOf(IOException.class)
        .hasMessageContaining("get of a in bucket no-such-bucket");
  }

  @Test
  void saysWhatTheStoreSaysAboutBadKeys() throws IOException {
    S3Config good = endpoint.config(bucket);
    S3Store stranger =
        open(
            new S3Config(
                good.endpoint(),
                good.region(),
                good.buckets(),
                new S3Config.Credentials("test-key", "wrong", ""),
                true,
                "",
                "",
                S3Config.Encryption.NONE,
                good.http()));
    assertThatThrownBy(() -> stranger.put("a", chunks("x")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("put of a in bucket " + bucket + " at http://127.0.0.1:")
        .hasMessageContaining("403 SignatureDoesNotMatch");
  }
}
