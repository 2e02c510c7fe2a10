package dev.skald.storage.deletes;

import dev.skald.logql.Labels;
import dev.skald.logql.Matcher;
import dev.skald.logql.batch.EntrySource;
import dev.skald.logql.batch.StreamStats;
import dev.skald.logql.batch.Stride;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What streams have beside what requests without a filter cover: a stream that is covered
 * throughout is left out, one that is covered in part has what it has in the rest of the range.
 * Times are those of the index, that is, minutes: at the edge of a request a stream may be listed
 * that has nothing left.
 */
final class LeftStreams {
  private static final int MATCHES_A_PAUSE = 1 << 13;

  private final EntrySource source;
  private final List<CoveredLines> requests;
  private final long start;
  private final long end;

  /** A range of time; the end is not in it. */
  private record Gap(long start, long end) {}

  /**
   * @param requests all of them without a filter
   */
  LeftStreams(EntrySource source, List<CoveredLines> requests, long start, long end) {
    this.source = source;
    this.requests =
        requests.stream()
            .sorted(Comparator.comparingLong(covered -> covered.request().start()))
            .toList();
    this.start = start;
    this.end = end;
  }

  /**
   * @param pause runs now and then meanwhile; what it throws ends that
   */
  List<StreamStats> of(List<Matcher> matchers, Runnable pause) {
    Stride work = new Stride(pause, MATCHES_A_PAUSE);
    List<StreamStats> left = new ArrayList<>();
    Map<List<CoveredLines>, List<Labels>> covered = new LinkedHashMap<>();
    for (StreamStats stats : source.streams(matchers, start, end)) {
      work.step(requests.size());
      List<CoveredLines> own =
          requests.stream().filter(request -> request.matches(stats.labels())).toList();
      if (own.isEmpty()) {
        left.add(stats);
      } else {
        covered.computeIfAbsent(own, key -> new ArrayList<>()).add(stats.labels());
      }
    }
    Map<Gap, Map<Labels, StreamStats>> read = new HashMap<>();
    covered.forEach(
        (own, streams) -> {
          for (Gap gap : gaps(own)) {
            read.computeIfAbsent(gap, key -> inGap(matchers, key));
          }
          for (Labels stream : streams) {
            work.step(own.size());
            addIfAny(stream, gaps(own), read, left);
          }
        });
    return left;
  }

  private Map<Labels, StreamStats> inGap(List<Matcher> matchers, Gap gap) {
    Map<Labels, StreamStats> byLabels = new HashMap<>();
    source
        .streams(matchers, gap.start, gap.end)
        .forEach(stats -> byLabels.put(stats.labels(), stats));
    return byLabels;
  }

  /** Returns the parts of the range that no request covers. */
  private List<Gap> gaps(List<CoveredLines> own) {
    List<Gap> gaps = new ArrayList<>();
    long from = start;
    for (CoveredLines covered : own) {
      long first = covered.request().start();
      long last = covered.request().end();
      if (first > from) {
        gaps.add(new Gap(from, Math.min(first, end)));
      }
      from = Math.max(from, last == Long.MAX_VALUE ? last : last + 1);
      if (from >= end) {
        return gaps;
      }
    }
    gaps.add(new Gap(from, end));
    return gaps;
  }

  private static void addIfAny(
      Labels stream,
      List<Gap> gaps,
      Map<Gap, Map<Labels, StreamStats>> read,
      List<StreamStats> left) {
    long chunks = 0;
    long entries = 0;
    long bytes = 0;
    for (Gap gap : gaps) {
      StreamStats stats = read.get(gap).get(stream);
      if (stats != null) {
        chunks = Math.max(chunks, stats.chunks());
        entries += stats.entries();
        bytes += stats.bytes();
      }
    }
    if (entries > 0) {
      left.add(new StreamStats(stream, chunks, entries, bytes));
    }
  }
}
