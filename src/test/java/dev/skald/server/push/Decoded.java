package dev.skald.server.push;

import dev.skald.distributor.PushPairs;
import dev.skald.distributor.PushRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a decoder has read, in a form that tests compare. */
final class Decoded {
  private final PushRequest request;

  private Decoded(PushRequest request) {
    this.request = request;
  }

  /** Each entry as {@code labels time line [name=value, …]}; shared pairs last. */
  static List<String> entries(PushRequest request) {
    return new Decoded(request).entries();
  }

  static List<String> labels(PushRequest request) {
    List<String> labels = new ArrayList<>();
    for (int stream = 0; stream < request.streams(); stream++) {
      labels.add(new String(request.labels(stream), StandardCharsets.UTF_8));
    }
    return labels;
  }

  private List<String> entries() {
    List<String> entries = new ArrayList<>();
    List<String> labels = labels(request);
    for (int stream = 0; stream < request.streams(); stream++) {
      for (int e = request.firstEntry(stream); e < request.firstEntry(stream + 1); e++) {
        List<String> pairs = new ArrayList<>();
        addPairs(request.firstPair(e), request.endPair(e), pairs);
        for (int g = request.groupOf(stream);
            g != PushPairs.NO_GROUP;
            g = request.pairs().parent(g)) {
          addPairs(request.pairs().groupFirst(g), request.pairs().groupEnd(g), pairs);
        }
        String line = text(request.lineStart(e), request.lineLength(e));
        entries.add(labels.get(stream) + " " + request.timestamp(e) + " " + line + " " + pairs);
      }
    }
    return entries;
  }

  private void addPairs(int first, int end, List<String> into) {
    PushPairs pairs = request.pairs();
    for (int i = first; i < end; i++) {
      String name = text(pairs.nameStart(i), pairs.nameLength(i));
      into.add(name + "=" + text(pairs.valueStart(i), pairs.valueLength(i)));
    }
  }

  private String text(int start, int length) {
    return new String(request.bytes(), start, length, StandardCharsets.UTF_8);
  }
}
