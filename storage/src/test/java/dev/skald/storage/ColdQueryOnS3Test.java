package dev.skald.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.storage.object.ObjectStore;
import dev.skald.storage.object.ObjectStoreListener;
import dev.skald.storage.object.S3Store;
import dev.skald.storage.testing.S3Endpoint;
import java.nio.file.Path;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;

/** Gets of S3, over HTTP: as many requests as gets. */
final class ColdQueryOnS3Test extends ColdQueryContract {
  @TempDir static Path objects;

  private final LongAdder requests = new LongAdder();
  private S3Endpoint endpoint;
  private S3Store s3;

  @Override
  ObjectStore openStore() throws Exception {
    endpoint = S3Endpoint.start(objects);
    endpoint.makeBucket("logs");
    s3 = S3Store.open(endpoint.config("logs"), new Counting());
    return s3;
  }

  private final class Counting implements ObjectStoreListener {
    @Override
    public void finished(Operation operation, Outcome outcome, long nanos, long bytes) {}

    @Override
    public void requested(Operation operation, boolean retry) {
      if (operation == Operation.GET) {
        requests.increment();
      }
    }
  }

  @Override
  void forgetRequests() {
    requests.reset();
  }

  @Override
  void checkRequests(int gets) {
    assertThat(requests.sum()).isEqualTo(gets);
  }

  @AfterAll
  void close() throws Exception {
    s3.close();
    endpoint.close();
  }
}
