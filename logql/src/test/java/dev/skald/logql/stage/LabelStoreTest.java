package dev.skald.logql.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.logql.Labels;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LabelStoreTest {

  @Test
  void forgetsNamesThatLinesHaveBroughtWhenTheyAreTooMany() {
    SampleExtractor extractor = Lines.extractor("count_over_time({t=\"x\"} | json [1m])");
    List<String> series = new ArrayList<>();
    for (int batch = 0; batch < 4; batch++) {
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < 700; i++) {
        lines.add(manyKeys(batch * 1000 + i));
      }
      lines.add("{\"a\":1}");
      series.clear();
      new Lines(Labels.of("t", "x"), Labels.EMPTY, lines)
          .runThrough(extractor, number -> series.add(extractor.series(number).toString()));
      assertThat(series.getLast()).isEqualTo("{a=\"1\", t=\"x\"}");
    }
    assertThat(extractor.seriesCount()).isEqualTo(4 * 700 + 1);
  }

  private static String manyKeys(int number) {
    StringBuilder line = new StringBuilder("{\"k0\":1");
    for (int i = 0; i < 50; i++) {
      line.append(",\"k").append(number).append('x').append(i).append("\":1");
    }
    return line.append('}').toString();
  }

  @Test
  void keepsAStreamLabelHiddenOnlyForOneEntry() {
    LabelStore store = new LabelStore();
    store.startStream(Labels.of("app", "a"));
    LabelSlot app = store.slot("app");
    store.delete(app);
    assertThat(app.present()).isFalse();
    assertThat(store.streamIntact()).isFalse();
    store.startRow();
    assertThat(app.value()).isEqualTo("a");
    assertThat(store.streamIntact()).isTrue();
    store.startStream(Labels.EMPTY);
    assertThat(app.present()).isFalse();
  }
}
