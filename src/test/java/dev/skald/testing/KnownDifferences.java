package dev.skald.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Recorded answers that show a fault of Loki's, and what is right instead (docs/differences.md; the
 * numbers are those of the quirk register, logql.md §25).
 */
public final class KnownDifferences {
  /** Quirk 4: the threshold of 1 MiB acts as 1,000,000 bytes. */
  private static final Set<String> ROUNDED_SIZES = Set.of("91557e1ab0", "11350d5c54");

  private static final double MEBIBYTE = 1 << 20;

  /** Quirk 22: the time of a scalar is an overflown number. */
  private static final Set<String> SCALAR_TIMES =
      Set.of(
          "8c28285096",
          "20e69adb18",
          "01adca4666",
          "6733ffa314",
          "349e601776",
          "d49d90080c",
          "4597364632",
          "5bfe787f5a",
          "10f3658006");

  private KnownDifferences() {}

  public static boolean contains(RecordedAnswer answer) {
    return ROUNDED_SIZES.contains(answer.id()) || SCALAR_TIMES.contains(answer.id());
  }

  /** Asserts the right answer where the recorded one is not. */
  public static void check(RecordedAnswer answer, Http.Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(answer.status());
    JsonNode want = answer.body().get("data");
    JsonNode got = reply.json().get("data");
    assertThat(got.get("resultType")).isEqualTo(want.get("resultType"));
    if (SCALAR_TIMES.contains(answer.id())) {
      assertThat(got.get("result").get(0).asText()).isEqualTo(answer.parameters().get("time"));
      assertThat(got.get("result").get(1)).isEqualTo(want.get("result").get(1));
    } else {
      checkSizes(answer, want.get("result"), got.get("result"));
    }
  }

  private static void checkSizes(RecordedAnswer answer, JsonNode want, JsonNode got) {
    assertThat(sizes(got)).isNotEmpty().allMatch(size -> size > MEBIBYTE);
    long limit = Long.parseLong(answer.parameters().getOrDefault("limit", "100"));
    List<Double> right = sizes(want).stream().filter(size -> size > MEBIBYTE).toList();
    if (sizes(want).size() < limit) {
      assertThat(sizes(got)).containsExactlyInAnyOrderElementsOf(right);
    } else {
      assertThat(sizes(got)).hasSize((int) limit).containsAll(right);
    }
  }

  /** The label {@code bytes} of every entry. */
  private static List<Double> sizes(JsonNode streams) {
    List<Double> sizes = new ArrayList<>();
    for (JsonNode stream : streams) {
      for (int i = 0; i < stream.get("values").size(); i++) {
        sizes.add(stream.get("stream").get("bytes").asDouble());
      }
    }
    return sizes;
  }
}
