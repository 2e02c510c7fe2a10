package dev.skald.config.load;

import static dev.skald.config.load.Loading.load;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.config.QueryLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of LogQL only works where it is switched on. */
final class QueryFeaturesTest {
  private static QueryLimits limits(String text, String... flags) {
    return load(text, flags).config().limits().query();
  }

  @Test
  void areOffByDefault() {
    assertThat(limits("").shardAggregations()).isEmpty();
    assertThat(limits("").enableMultiVariantQueries()).isFalse();
  }

  @Test
  void areSwitchedOnInTheLimits() {
    QueryLimits limits =
        limits(
            "limits_config: {shard_aggregations: [approx_topk, last_over_time],"
                + " enable_multi_variant_queries: true}");

    assertThat(limits.shardAggregations())
        .containsExactlyInAnyOrder("approx_topk", "last_over_time");
    assertThat(limits.enableMultiVariantQueries()).isTrue();
  }

  @Test
  void areSwitchedOnByFlags() {
    QueryLimits limits =
        limits(
            "",
            "-limits.shard-aggregations=approx_topk",
            "-limits.enable-multi-variant-queries=true");

    assertThat(limits.shardAggregations()).containsExactly("approx_topk");
    assertThat(limits.enableMultiVariantQueries()).isTrue();
  }

  @Test
  void theListForAllQueriesHoldsForTenantsWithoutOneOfTheirOwn(@TempDir Path directory)
      throws IOException {
    Files.writeString(
        directory.resolve("runtime.yaml"),
        "overrides: {none: {shard_aggregations: []}, same: {max_line_size: 1KB}}");
    LoadedConfig loaded =
        load(
            "runtime_config: {file: runtime.yaml}\n"
                + "query_range: {shard_aggregations: 'quantile_over_time, approx_topk'}");
    TenantOverrides overrides = new TenantOverrides(loaded, directory);
    overrides.reload(Instant.EPOCH);

    assertThat(overrides.limits("any").query().shardAggregations()).contains("approx_topk");
    assertThat(overrides.limits("same").query().shardAggregations()).contains("approx_topk");
    assertThat(overrides.limits("none").query().shardAggregations()).isEmpty();
    assertThat(
            limits(
                    "query_range: {shard_aggregations: approx_topk}\n"
                        + "limits_config: {shard_aggregations: [last_over_time]}")
                .shardAggregations())
        .containsExactly("last_over_time");
    assertThat(loaded.notices()).isEmpty();
  }
}
