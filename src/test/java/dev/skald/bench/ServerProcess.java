package dev.skald.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server in a process of its own, and what the kernel says of it. */
final class ServerProcess implements AutoCloseable {
  private static final double TICKS_PER_SECOND = 100;
  private static final int START_ATTEMPTS = 2400;
  private static final int MERGE_ATTEMPTS = 600;
  private static final int MERGE_POLL_MILLIS = 1000;
  private static final int DELETION_ATTEMPTS = 600;
  private static final String MERGES =
      "loki_boltdb_shipper_compact_tables_operation_total{status=\"success\"}";
  private static final String LAST_LOOK =
      "loki_boltdb_shipper_compact_tables_operation_last_successful_run_timestamp_seconds";

  private final Process process;
  private final Path directory;
  private final String address;
  private final HttpClient client = HttpClient.newHttpClient();

  private ServerProcess(Process process, Path directory, int port) {
    this.process = process;
    this.directory = directory;
    this.address = "http://127.0.0.1:" + port;
  }

  /** Starts a server on a free port with an empty directory and waits until it is ready. */
  static ServerProcess start(Path launcher) throws IOException, InterruptedException {
    ServerProcess server = launch(launcher, Files.createTempDirectory("skald-bench"), "");
    server.awaitReady();
    return server;
  }

  /**
   * Starts a server on a free port, which need not be ready when this returns.
   *
   * @param directory what is in it stays; removed at the end
   * @param javaOptions for the Java machine of the server
   */
  static ServerProcess launch(Path launcher, Path directory, String javaOptions)
      throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    Path config = directory.resolve("config.yaml");
    Files.writeString(
        config,
        """
        auth_enabled: false
        server: {http_listen_address: 127.0.0.1, http_listen_port: %d, log_level: warn}
        common:
          path_prefix: %s
          storage: {filesystem: {chunks_directory: %s, rules_directory: %s}}
        limits_config: {reject_old_samples: false, query_timeout: 5s}
        compactor: {compaction_interval: 1s}
        # A day is pushed in seconds: a connection that waits a moment is hours behind the others.
        ingester: {max_chunk_age: 48h}
        """
            .formatted(port, directory, directory.resolve("chunks"), directory.resolve("rules")));
    ProcessBuilder builder =
        new ProcessBuilder(launcher.toString(), "-config.file=" + config)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    if (!javaOptions.isEmpty()) {
      builder.environment().put("JAVA_OPTS", javaOptions);
    }
    return new ServerProcess(builder.start(), directory, port);
  }

  Path directory() {
    return directory;
  }

  void awaitReady() throws InterruptedException {
    for (int i = 0; i < START_ATTEMPTS; i++) {
      try {
        if (status("GET", "/ready") == 200) {
          return;
        }
      } catch (IOException notYet) {
        // The port is not open yet.
      }
      if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("the server has stopped with " + process.exitValue());
      }
    }
    throw new IllegalStateException("the server is not ready");
  }

  int status(String method, String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  /** Waits until no segments are left that are worth a merge. */
  void awaitMerges() throws IOException, InterruptedException {
    long start = System.currentTimeMillis() / 1000;
    for (int i = 0; i < MERGE_ATTEMPTS; i++) {
      Thread.sleep(MERGE_POLL_MILLIS);
      if (metric(LAST_LOOK) > start) {
        return;
      }
    }
    throw new IllegalStateException("segments are still being merged");
  }

  /** Waits until the segments that were merged are deleted, as no query can read them any more. */
  void awaitDeletions() throws IOException, InterruptedException {
    long merged = (long) metric(MERGES);
    for (int i = 0; merged > 0 && i < DELETION_ATTEMPTS && segments() > 1; i++) {
      Thread.sleep(100);
    }
  }

  private long segments() throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("chunks"))) {
      return files.filter(file -> file.toString().endsWith(".seg")).count();
    }
  }

  /** Returns the value of a metric, whose labels belong to its name. */
  double metric(String name) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/metrics")).build();
    String text = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    for (String line : text.split("\n")) {
      if (line.startsWith(name + " ")) {
        return Double.parseDouble(line.substring(name.length() + 1));
      }
    }
    throw new IOException("no metric " + name);
  }

  String address() {
    return address;
  }

  /** CPU seconds of all threads since the start, user and system. */
  double cpuSeconds() throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }

  /** Most memory that was resident at a time, in MB. */
  double peakMegabytes() throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
      }
    }
    throw new IOException("no VmHWM in " + status);
  }

  /** Bytes of all files of segments and their catalog, in MB. */
  double diskMegabytes() throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("chunks"))) {
      long bytes = 0;
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        bytes += Files.size(file);
      }
      return bytes / 1e6;
    }
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> all = files.sorted(java.util.Comparator.reverseOrder()).toList();
      for (Path file : all) {
        Files.delete(file);
      }
    }
  }
}
