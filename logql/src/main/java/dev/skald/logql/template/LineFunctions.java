package dev.skald.logql.template;

import dev.skald.logql.batch.Slice;
import java.util.Map;

/** The functions that read the entry beside its labels. */
final class LineFunctions {
  static final Map<String, Function> FUNCTIONS =
      Map.of(
          "__line__", Function.of(LineFunctions::line),
          "__timestamp__", Function.of(call -> GoTime.ofNanos(call.data().timestamp())));

  private LineFunctions() {}

  private static String line(Call call) {
    Slice slice = new Slice();
    call.data().line(slice);
    Text.checkLength(slice.length);
    return GoValue.text(slice);
  }
}
