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
    long gone = 0;
    do {
      System.out.println("round " + rounds + ", seed " + seed);
      Account account = round(seed++, STEPS);
      entries += account.entries;
      gone += account.gone;
      rounds++;
    } while (System.nanoTime() < end);
    System.out.println(
        rounds
            + " rounds of "
            + STEPS
            + " steps, "
            + entries
            + " entries, "
            + gone
            + " of them expired or deleted: nothing lost, nothing twice");
  }

  /** How many entries a round kept account of, and how many of them are gone as they should. */
  record Account(int entries, int gone) {}

  /**
   * Runs a round in a directory of its own.
   *
   * @throws AssertionError if it went wrong; names the seed
   */
  static Account round(long seed, int steps) throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("skald-soak");
    try (Silence _ = new Silence();
        SoakRound round = new SoakRound(directory, seed)) {
      round.run(steps);
      return new Account(round.entries(), round.gone());
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
