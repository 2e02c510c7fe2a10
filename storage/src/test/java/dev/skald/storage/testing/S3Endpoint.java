package dev.skald.storage.testing;

import dev.skald.config.S3Config;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** An S3 server on the loopback that keeps its objects in a directory. */
public final class S3Endpoint implements AutoCloseable {
  public static final String KEY_ID = "test-key";
  public static final String SECRET = "test-secret";

  private final S3Proxy proxy;
  private final Path directory;

  private S3Endpoint(S3Proxy proxy, Path directory) {
    this.proxy = proxy;
    this.directory = directory;
  }

  public static S3Endpoint start(Path directory) throws Exception {
    S3Proxy proxy =
        S3Proxy.builder()
            .blobStore(new FilesystemNio2BlobStore(directory.toString()))
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, KEY_ID, SECRET)
            .stopTimeout(0)
            .build();
    proxy.start();
    return new S3Endpoint(proxy, directory);
  }

  /** A directory is a bucket. */
  public void makeBucket(String name) throws IOException {
    Files.createDirectories(directory.resolve(name));
  }

  public int port() {
    return proxy.getPort();
  }

  public S3Config config(String... buckets) {
    return config(port(), buckets);
  }

  /** A configuration that tries again soon. */
  public static S3Config config(int port, String... buckets) {
    return new S3Config(
        "http://127.0.0.1:" + port,
        "",
        List.of(buckets),
        new S3Config.Credentials(KEY_ID, SECRET, ""),
        true,
        "",
        "STANDARD",
        S3Config.Encryption.NONE,
        http(Duration.ZERO));
  }

  public static S3Config.Http http(Duration responseTimeout) {
    return new S3Config.Http(
        Duration.ZERO,
        Duration.ofSeconds(90),
        responseTimeout,
        false,
        "",
        3,
        Duration.ofMillis(5),
        Duration.ofMillis(20));
  }

  @Override
  public void close() throws IOException {
    try {
      proxy.stop();
    } catch (Exception failure) {
      throw new IOException("the S3 server does not stop", failure);
    }
  }
}
