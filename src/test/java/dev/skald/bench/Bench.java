package dev.skald.bench;

import java.nio.file.Path;
import java.util.List;

/**
 * Measures a server.
 *
 * <p>usage: Bench LAUNCHER [FILE]. Without a file of recorded pushes it makes its own day of logs.
 */
public final class Bench {
  private Bench() {}

  public static void main(String[] args) throws Exception {
    if (args.length < 1 || args.length > 2) {
      System.err.println("usage: bench [FILE], a file of recorded pushes");
      System.exit(2);
    }
    List<byte[]> bodies =
        args.length == 2 ? PushFile.read(Path.of(args[1])) : GeneratedDay.pushes();
    try (ServerProcess server = ServerProcess.start(Path.of(args[0]))) {
      load(server, bodies);
      query(server);
    }
  }

  private static void load(ServerProcess server, List<byte[]> bodies) throws Exception {
    long wire = bodies.stream().mapToLong(body -> body.length).sum();
    double cpu = server.cpuSeconds();
    long start = System.nanoTime();
    Load.push(server.address(), bodies);
    double acknowledged = (System.nanoTime() - start) / 1e9;
    int flushed = server.status("POST", "/flush");
    if (flushed != 204) {
      throw new IllegalStateException("flush got " + flushed);
    }
    double sealed = server.cpuSeconds() - cpu;
    double sealedMegabytes = server.diskMegabytes();
    server.awaitMerges();
    cpu = server.cpuSeconds() - cpu;
    server.awaitDeletions();
    long entries = new QueryTimer(server).countEntries();
    System.out.printf(
        "%d pushes, %d entries, %.1f MB on the wire: acknowledged in %.2f s%n",
        bodies.size(), entries, wire / 1e6, acknowledged);
    System.out.printf("ingest, CPU s             %10.2f%n", cpu);
    System.out.printf("  of it for merges        %10.2f%n", cpu - sealed);
    System.out.printf("ingest, entries per CPU s %10.0f%n", entries / cpu);
    System.out.printf("peak memory, MB           %10.0f%n", server.peakMegabytes());
    System.out.printf("on disk, MB               %10.1f%n", server.diskMegabytes());
    System.out.printf("  before merges           %10.1f%n", sealedMegabytes);
  }

  private static void query(ServerProcess server) throws Exception {
    System.out.printf(
        "%n%-14s %10s %10s %10s %10s %10s%n",
        "query", "CPU ms", "wall ms", "first ms", "refresh", "bytes");
    QueryTimer timer = new QueryTimer(server);
    for (Queries.Query query : Queries.ALL) {
      QueryTimer.Timing timing = timer.time(query);
      System.out.printf(
          "%-14s %10.1f %10.1f %10.1f %10.1f %10d%n",
          query.name(),
          timing.cpuMillis(),
          timing.wallMillis(),
          timing.firstMillis(),
          timing.refreshMillis(),
          timing.bytes());
    }
    System.out.printf("peak memory after queries, MB %6.0f%n", server.peakMegabytes());
  }
}
