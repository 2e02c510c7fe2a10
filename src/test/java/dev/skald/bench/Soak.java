package dev.skald.bench;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * Loads a server with ten days and more, in little memory, and asks whether everything is there.
 *
 * <p>usage: Soak push|replay LAUNCHER [FILE]. Without a file of recorded pushes it makes its own
 * day of logs.
 */
public final class Soak {
  private static final String HEAP = "-Xmx512m";
  private static final int ROUNDS = 10;
  private static final int DAYS_BACK = 30;
  private static final long DAY = 24 * 3600;
  private static final long REPLAYED_BYTES = 1L << 30;

  private Soak() {}

  public static void main(String[] args) throws Exception {
    if (args.length < 2 || args.length > 3) {
      System.err.println("usage: soak push|replay [FILE], a file of recorded pushes");
      System.exit(2);
    }
    Path launcher = Path.of(args[1]);
    List<byte[]> bodies =
        args.length == 3 ? PushFile.read(Path.of(args[2])) : GeneratedDay.pushes();
    switch (args[0]) {
      case "push" -> push(launcher, bodies);
      case "replay" -> replay(launcher, bodies);
      default -> throw new IllegalArgumentException("got " + args[0] + ", wanted push or replay");
    }
  }

  /** Every push is taken, none later than the client waits, and every line is there in the end. */
  private static void push(Path launcher, List<byte[]> bodies) throws Exception {
    Path directory = Files.createTempDirectory("skald-soak");
    try (ServerProcess server = ServerProcess.launch(launcher, directory, HEAP)) {
      server.awaitReady();
      for (int round = 0; round < ROUNDS; round++) {
        long begun = System.nanoTime();
        int refused = Load.push(server.address(), shifted(bodies, round));
        System.out.printf(
            "round %2d: %5.1f s, %d refused, peak memory %4.0f MB, log %4.0f MB%n",
            round,
            seconds(begun),
            refused,
            server.peakMegabytes(),
            megabytes(directory.resolve("wal")));
        if (refused > 0) {
          throw new IllegalStateException(refused + " pushes were refused, wanted none");
        }
      }
      report(server, ROUNDS);
    }
  }

  /** Keeps the log files that a server writes, and starts another that has to replay them. */
  private static void replay(Path launcher, List<byte[]> bodies) throws Exception {
    Path kept = Files.createTempDirectory("skald-soak");
    Path wal = Files.createDirectory(kept.resolve("wal"));
    Path directory = Files.createTempDirectory("skald-soak");
    AtomicBoolean goOn = new AtomicBoolean(true);
    int rounds = 0;
    try (ServerProcess server = ServerProcess.launch(launcher, directory, HEAP)) {
      server.awaitReady();
      Thread keeper = Thread.ofPlatform().daemon().start(() -> keep(directory, wal, goOn));
      while (megabytes(wal) * 1e6 < REPLAYED_BYTES) {
        Load.push(server.address(), shifted(bodies, rounds++));
      }
      goOn.set(false);
      keeper.join();
    }
    System.out.printf("replaying %.0f MB of log%n", megabytes(wal));
    long begun = System.nanoTime();
    try (ServerProcess server = ServerProcess.launch(launcher, kept, HEAP)) {
      server.awaitReady();
      System.out.printf("ready after                  %5.1f s%n", seconds(begun));
      System.out.printf(
          "of which replay              %5.1f s%n",
          server.metric("loki_ingester_wal_replay_duration_seconds"));
      System.out.printf("CPU                          %5.1f s%n", server.cpuSeconds());
      System.out.printf("peak memory, MB              %5.0f%n", server.peakMegabytes());
      report(server, rounds);
    }
  }

  private static List<byte[]> shifted(List<byte[]> bodies, int round) {
    long seconds = (round - DAYS_BACK) * DAY;
    return bodies.stream().map(body -> ShiftedPush.of(body, seconds)).toList();
  }

  private static void report(ServerProcess server, int rounds) throws Exception {
    long entries = 0;
    QueryTimer timer = new QueryTimer(server);
    List<Long> days = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      long day = timer.countEntries(Queries.END + (round - DAYS_BACK) * DAY);
      days.add(day);
      entries += day;
    }
    System.out.printf("%d entries, by day %s%n", entries, days);
    System.out.printf("peak memory after the count, MB %.0f%n", server.peakMegabytes());
    if (days.stream().distinct().count() != 1) {
      throw new IllegalStateException("the days are not alike");
    }
  }

  /** A file with two names lives on when one of them is deleted. */
  private static void keep(Path directory, Path wal, AtomicBoolean goOn) {
    try {
      while (goOn.get()) {
        try (Stream<Path> files = Files.list(directory.resolve("wal"))) {
          for (Path file : (Iterable<Path>) files::iterator) {
            if (file.toString().endsWith(".wal")) {
              link(wal.resolve(file.getFileName()), file);
            }
          }
        }
        Thread.sleep(5);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void link(Path name, Path file) throws IOException {
    try {
      if (!Files.exists(name)) {
        Files.createLink(name, file);
      }
    } catch (FileAlreadyExistsException | NoSuchFileException alreadyDone) {
      // It has its second name, or is gone.
    }
  }

  private static double seconds(long begun) {
    return (System.nanoTime() - begun) / 1e9;
  }

  private static double megabytes(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      double bytes = 0;
      for (Path file : (Iterable<Path>) files::iterator) {
        try {
          bytes += Files.size(file);
        } catch (NoSuchFileException gone) {
          // It was sealed meanwhile.
        }
      }
      return bytes / 1e6;
    }
  }
}
