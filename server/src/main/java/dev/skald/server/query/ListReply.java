package dev.skald.server.query;

import dev.skald.querier.Held;
import dev.skald.server.http.Response;
import dev.skald.server.http.StreamedBody;
import java.util.Collection;
import java.util.function.BiConsumer;

/**
 * A reply that is a list in JSON: a short one is sent at once, a long one while it is encoded.
 *
 * @param begin what stands before the first item
 * @param end what stands behind the last
 */
record ListReply(String begin, String end) {
  private static final int LONG = 10_000;

  /**
   * Returns the reply.
   *
   * @param items is closed when the reply is written
   */
  <T> Response of(Held<? extends Collection<T>> items, BiConsumer<JsonOutput, T> item) {
    JsonOutput out = new JsonOutput().raw(begin);
    if (items.value().size() < LONG) {
      try (items) {
        write(out, items.value(), item, () -> {});
      }
      return out.raw(end).reply();
    }
    StreamedBody body =
        new StreamedBody(
            sink -> {
              try (items) {
                write(out, items.value(), item, () -> out.spill(sink));
                out.raw(end).flush(sink);
              }
            });
    items.whenGivingWay(body::breakOff);
    return Response.streamed(200, JsonOutput.JSON, body);
  }

  private static <T> void write(
      JsonOutput out, Collection<T> items, BiConsumer<JsonOutput, T> item, Runnable spill) {
    String separator = "";
    for (T one : items) {
      item.accept(out.raw(separator), one);
      separator = ",";
      spill.run();
    }
  }
}
