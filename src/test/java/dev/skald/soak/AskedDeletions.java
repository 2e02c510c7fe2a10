package dev.skald.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skald.storage.TestEntry;
import dev.skald.storage.catalog.DeleteRequest;
import dev.skald.storage.catalog.DeleteRequest.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What one tenant has asked to be deleted, and how far the catalog says that it has come. */
final class AskedDeletions {

  /**
   * Lines that are to go.
   *
   * @param app of their stream; null for any
   * @param text what they contain; null for anything
   * @param start first time
   * @param end last time
   */
  record Lines(String app, String text, long start, long end) implements Predicate<TestEntry> {
    String query() {
      String selector = app == null ? "{app=~\".+\"}" : "{app=\"" + app + "\"}";
      return text == null ? selector : selector + " |= \"" + text + "\"";
    }

    @Override
    public boolean test(TestEntry entry) {
      return entry.time() >= start
          && entry.time() <= end
          && (app == null || app.equals(entry.labels().get("app")))
          && (text == null || line(entry).contains(text));
    }

    private static String line(TestEntry entry) {
      return new String(HexFormat.of().parseHex(entry.lineHex()), UTF_8);
    }
  }

  /** What was tried, whether the answer came or not; queries and ranges tell them apart. */
  private final List<Lines> tried = new ArrayList<>();

  /** Requests that are known to be there. */
  private final Map<String, DeleteRequest> known = new HashMap<>();

  /** Requests that somebody has tried to withdraw: they may be there or not. */
  private final List<String> withdrawn = new ArrayList<>();

  void tried(Lines lines) {
    tried.add(lines);
  }

  void acknowledged(DeleteRequest request) {
    known.put(request.id(), request);
  }

  void withdrawn(DeleteRequest request) {
    withdrawn.add(request.id());
  }

  /** Returns the requests whose lines are hidden. */
  List<DeleteRequest> pending() {
    return known.values().stream().filter(one -> one.status() == Status.RECEIVED).toList();
  }

  /** Returns what may be hidden or not: requests whose making or withdrawal nobody has answered. */
  List<Lines> unsure() {
    return tried.stream()
        .filter(
            lines ->
                known.values().stream()
                    .noneMatch(
                        request ->
                            lines(request).equals(lines) && !withdrawn.contains(request.id())))
        .toList();
  }

  /** Returns whether a line is hidden now. */
  boolean hides(TestEntry entry) {
    return pending().stream().anyMatch(request -> lines(request).test(entry));
  }

  Lines lines(DeleteRequest request) {
    return tried.stream()
        .filter(
            one ->
                one.query().equals(request.query())
                    && one.start == request.start()
                    && one.end == request.end())
        .findFirst()
        .orElseThrow(() -> new AssertionError("nobody asked for " + request));
  }

  /**
   * Takes what the catalog says now.
   *
   * @param ledger learns what is gone, and what may be
   * @param lastBegun requests that were made up to then may have been begun
   */
  void update(List<DeleteRequest> now, Ledger ledger, long lastBegun) {
    Map<String, DeleteRequest> there = new HashMap<>();
    now.forEach(request -> there.put(request.id(), request));
    for (DeleteRequest request : List.copyOf(known.values())) {
      DeleteRequest still = there.get(request.id());
      if (still == null && request.status() == Status.RECEIVED) {
        leave(request, ledger, lastBegun);
      }
    }
    for (DeleteRequest request : now) {
      DeleteRequest before = known.put(request.id(), request);
      boolean isNews = before == null || before.status() == Status.RECEIVED;
      if (request.status() == Status.PROCESSED && isNews) {
        ledger.deleted(lines(request));
      }
    }
  }

  private void leave(DeleteRequest request, Ledger ledger, long lastBegun) {
    if (!withdrawn.contains(request.id())) {
      throw new AssertionError("lost: " + request);
    }
    if (request.created() <= lastBegun) {
      ledger.mayGo(lines(request));
    }
    known.remove(request.id());
  }
}
