package dev.skald.querier;

import dev.skald.logql.Labels;
import dev.skald.logql.Matcher;
import dev.skald.logql.batch.StreamStats;
import dev.skald.logql.batch.Stride;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the labels are of the streams that may have entries in a range of time.
 *
 * @param start first wanted time, in unix nanoseconds
 * @param end first time that is not wanted any more
 */
record StreamLabels(CountedStreams source, long start, long end) {

  /** Returns the names of all labels, sorted. */
  Set<String> names(List<Matcher> matchers) {
    Stride work = source.work();
    Set<String> names = new TreeSet<>(Labels::compareBytes);
    for (StreamStats stream : source.streams(matchers, start, end)) {
      work.step(stream.labels().size());
      for (int i = 0; i < stream.labels().size(); i++) {
        names.add(stream.labels().name(i));
      }
    }
    return names;
  }

  /** Returns the values that a label has, sorted. */
  Set<String> values(String name, List<Matcher> matchers) {
    Set<String> values = new TreeSet<>(source.work().counting(Labels::compareBytes));
    for (StreamStats stream : source.streams(matchers, start, end)) {
      String value = stream.labels().get(name);
      if (value != null) {
        values.add(value);
      }
    }
    return values;
  }

  /** Returns the label sets that one of some selectors wants, sorted. */
  Set<Labels> series(List<List<Matcher>> selectors) {
    Set<Labels> series = new TreeSet<>(source.work().<Labels>counting(Labels::compareTo));
    for (List<Matcher> matchers : selectors) {
      for (StreamStats stream : source.streams(matchers, start, end)) {
        series.add(stream.labels());
      }
    }
    return series;
  }

  /** Returns the labels worth to browse by and how many values each has, by name. */
  Map<String, Integer> detected(List<Matcher> matchers) {
    return DetectedLabels.of(source.streams(matchers, start, end), source.work());
  }
}
