package dev.skald.soak;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.ThreadLocalRandom;

/** What {@code bin/soak-storage} runs: rounds with ascending seeds until the time is over. */
public final class StorageSoak {
  private static final int STEPS = 300;

  private StorageSoak() {}

  /**
   * @param arguments seconds, and the seed of the first round if it is not to be random
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    long seconds = Long.parseLong(arguments[0]);
    long seed =
        arguments.length > 1
            ? Long.parseLong(arguments[1])
            : ThreadLocalRandom.current().nextInt(1_000_000_000);
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    int rounds = 0;
    long entries = 0;
    do {
      System.out.println("round " + rounds + ", seed " + seed);
      entries += round(seed++, STEPS);
      rounds++;
    } while (System.nanoTime() < end);
    System.out.println(
        rounds
            + " rounds of "
            + STEPS
            + " steps, "
            + entries
            + " entries: nothing lost, nothing twice");
  }

  /**
   * Runs a round in a directory of its own.
   *
   * @return how many entries it kept account of
   * @throws AssertionError if it went wrong; names the seed
   */
  static int round(long seed, int steps) throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("skald-soak");
    try (Silence _ = new Silence();
        SoakRound round = new SoakRound(directory, seed)) {
      round.run(steps);
      return round.entries();
    } catch (AssertionError | RuntimeException | IOException failure) {
      throw new AssertionError(
          "seed " + seed + " (again: bin/soak-storage 0 " + seed + "): " + failure.getMessage(),
          failure);
    } finally {
      remove(directory);
    }
  }

  private static void remove(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException failure)
              throws IOException {
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
