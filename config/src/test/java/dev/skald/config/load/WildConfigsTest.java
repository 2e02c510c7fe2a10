package dev.skald.config.load;

import static dev.skald.config.load.Loading.load;
import static dev.skald.config.load.Loading.notices;
import static dev.skald.config.load.Loading.resource;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.config.HttpAuth;
import dev.skald.config.LogConfig;
import dev.skald.config.RulerConfig.Alertmanager;
import dev.skald.config.RulerConfig.RuleStore;
import dev.skald.config.S3Config;
import dev.skald.config.SkaldConfig;
import dev.skald.config.StorageConfig.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Files that people run Loki with. */
final class WildConfigsTest {
  @Test
  void loadsTheDockerImagesConfig() {
    SkaldConfig config = wild("docker-image.yaml").config();

    assertThat(config.authEnabled()).isFalse();
    assertThat(config.server().http().port()).isEqualTo(3100);
    assertThat(config.storage().kind()).isEqualTo(Kind.FILESYSTEM);
    assertThat(config.storage().directory()).isEqualTo(Path.of("/loki/chunks"));
    assertThat(config.ingester().wal().directory()).isEqualTo(Path.of("/loki/wal"));
    assertThat(config.compactor().workingDirectory()).isEqualTo(Path.of("/loki/compactor"));
    assertThat(config.ruler().rulePath()).isEqualTo(Path.of("/loki/rules-temp"));
    assertThat(config.ruler().store()).isEqualTo(RuleStore.local(Path.of("/loki/rules")));
    assertThat(config.ruler().alertmanager().receivers())
        .containsExactly(new Alertmanager(URI.create("http://localhost:9093"), HttpAuth.NONE));
    assertThat(config.limits().ingest().ingestionRate()).isZero();
    assertThat(config.limits().ingest().perStreamRate()).isZero();
  }

  @Test
  void loadsTheLocalConfig() {
    LoadedConfig loaded = wild("local-config.yaml");

    assertThat(loaded.config().server().log().level()).isEqualTo(LogConfig.Level.DEBUG);
    assertThat(loaded.config().patterns().enabled()).isTrue();
    assertThat(loaded.config().querier().resultCacheBytes()).isEqualTo(100L << 20);
    assertThat(notices(loaded))
        .contains("t.yaml:7: server.grpc_server_max_concurrent_streams has no effect in Skald");
  }

  @Test
  void loadsWhatChartSixRenders() {
    LoadedConfig loaded = wild("helm-6.yaml");
    SkaldConfig config = loaded.config();

    assertThat(config.server().http().timeouts().read()).isEqualTo(Duration.ofMinutes(10));
    assertThat(config.limits().query().queryTimeout()).isEqualTo(Duration.ofMinutes(5));
    assertThat(config.limits().cost().splitInterval()).isEqualTo(Duration.ofMinutes(15));
    assertThat(config.runtime().files())
        .containsExactly(Path.of("/etc/loki/runtime-config/runtime-config.yaml"));
    assertThat(config.ruler().store()).isEqualTo(RuleStore.local(Path.of("/var/loki/rules")));
    assertThat(config.ruler().walDirectory()).isEqualTo(Path.of("/var/loki/ruler-wal"));
    assertThat(config.querier().cacheResults()).isTrue();
    assertThat(notices(loaded)).noneMatch(notice -> notice.contains("admin_api_directory"));
  }

  @Test
  void loadsWhatChartsThreeToFiveRender() {
    for (String name : new String[] {"helm-3.yaml", "helm-5.yaml"}) {
      LoadedConfig loaded = wild(name);

      assertThat(loaded.config().storage().directory()).isEqualTo(Path.of("/var/loki/chunks"));
      assertThat(loaded.notices())
          .anyMatch(notice -> notice.warning() && notice.message().contains("enforce_metric_name"));
      assertThat(notices(loaded)).anyMatch(notice -> notice.contains("structured metadata"));
    }
  }

  @Test
  void loadsWhatTheStackChartRenders() {
    LoadedConfig loaded = wild("loki-stack.yaml");

    assertThat(loaded.config().ingester().wal().directory()).isEqualTo(Path.of("/data/loki/wal"));
    assertThat(loaded.config().ingester().seal().chunkIdlePeriod())
        .isEqualTo(Duration.ofMinutes(3));
    assertThat(loaded.config().storage().directory()).isEqualTo(Path.of("/data/loki/chunks"));
    assertThat(loaded.notices().stream().filter(notice -> notice.warning()))
        .extracting(notice -> notice.message().split(" ")[0])
        .containsExactlyInAnyOrder(
            "chunk_store_config.max_look_back_period",
            "compactor.shared_store",
            "ingester.max_transfer_retries",
            "limits_config.enforce_metric_name",
            "storage_config.boltdb_shipper.shared_store");
  }

  @Test
  void loadsMinioWithManyTenants() {
    SkaldConfig config = wild("minio.yaml").config();
    S3Config s3 = config.storage().s3();

    assertThat(config.authEnabled()).isTrue();
    assertThat(config.storage().kind()).isEqualTo(Kind.S3);
    assertThat(s3.endpoint()).isEqualTo("http://minio:9000");
    assertThat(s3.buckets()).containsExactly("loki");
    assertThat(s3.pathStyle()).isTrue();
    assertThat(s3.credentials().secretAccessKey()).isEqualTo("supersecret");
    assertThat(config.ruler().store().kind()).isEqualTo(RuleStore.Kind.S3);
    assertThat(config.ruler().store().s3()).isEqualTo(s3);
    assertThat(config.limits().ingest().ingestionRate()).isEqualTo(20.0 * (1 << 20));
    assertThat(config.limits().ingest().perStreamRate()).isEqualTo(3L << 20);
    assertThat(config.limits().retention().streams().getFirst().period())
        .isEqualTo(Duration.ofHours(48));
    assertThat(config.compactor().retentionEnabled()).isTrue();
  }

  @Test
  void loadsAnAwsUrlAndARemoteWriter() {
    SkaldConfig config = wild("aws.yaml").config();
    S3Config s3 = config.storage().s3();

    assertThat(s3.region()).isEqualTo("eu-west-1");
    assertThat(s3.endpoint()).isEmpty();
    assertThat(s3.buckets()).containsExactly("logs");
    assertThat(s3.credentials().accessKeyId()).isEqualTo("KEY");
    assertThat(s3.credentials().secretAccessKey()).isEqualTo("SE/CRET");
    assertThat(config.ruler().alertmanager().receivers())
        .extracting(Alertmanager::url)
        .containsExactly(URI.create("http://alerts:9093"), URI.create("http://other:9093"));
    assertThat(config.ruler().alertmanager().receivers())
        .extracting(receiver -> receiver.auth().password())
        .containsExactly("pass", "");
    assertThat(config.ruler().remoteWrite().clients().get("prom").queue().capacity())
        .isEqualTo(2500);
    assertThat(config.ruler().remoteWrite().clients().get("prom").relabel()).hasSize(1);
  }

  @Test
  void loadsTheNewObjectStoreForm() {
    SkaldConfig config = wild("thanos.yaml").config();

    assertThat(config.storage().s3().buckets()).containsExactly("logs");
    assertThat(config.storage().s3().endpoint()).isEqualTo("https://s3.eu-central-1.amazonaws.com");
    assertThat(config.storage().s3().encryption().type()).isEqualTo("SSE-S3");
    assertThat(config.ruler().store().s3().buckets()).containsExactly("rules");
  }

  @Test
  void loadsTheExampleWithoutANotice() throws IOException {
    LoadedConfig loaded = load(Files.readString(Path.of("example.yaml")));

    assertThat(loaded.notices()).isEmpty();
    assertThat(loaded.config().limits().retention().period()).isEqualTo(Duration.ofDays(30));
  }

  @Test
  void startsWithItsOwnConfigWhereThereIsNone() {
    LoadedConfig loaded = ConfigLoader.load(CommandLine.empty(), Loading.SURROUNDINGS);

    assertThat(loaded.source()).isEqualTo("built-in defaults");
    assertThat(loaded.notices()).isEmpty();
    assertThat(loaded.config().authEnabled()).isFalse();
    assertThat(loaded.config().ingester().wal().directory()).isEqualTo(Path.of("data/wal"));
    assertThat(loaded.config().storage().directory()).isEqualTo(Path.of("data/chunks"));
    assertThat(loaded.config().ruler().store()).isEqualTo(RuleStore.none());
  }

  private static LoadedConfig wild(String name) {
    return load(resource("/wild/" + name));
  }
}
