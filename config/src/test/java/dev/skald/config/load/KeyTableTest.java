package dev.skald.config.load;

import static dev.skald.config.load.Loading.load;
import static dev.skald.config.load.Loading.resource;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.config.ConfigException;
import dev.skald.config.IngestLimits;
import dev.skald.config.IngesterConfig;
import dev.skald.config.Limits;
import dev.skald.config.SkaldConfig;
import dev.skald.config.keys.Key;
import dev.skald.config.keys.RootKeys;
import dev.skald.config.keys.Scalar;
import dev.skald.config.keys.Section;
import dev.skald.config.keys.Shape;
import dev.skald.config.keys.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of keys against the records, and against a copy of every default. */
final class KeyTableTest {
  /** Files under which a key may show that it acts; rarely used keys need company. */
  private static final List<String> BASES =
      List.of(
          "",
          resource("/wild/minio.yaml"),
          resource("/wild/thanos.yaml"),
          "auth_enabled: true\nserver: {http_tls_config: {cert_file: a, key_file: b}}",
          "server: {http_tls_config: {cert: a, key: b, client_auth_type: RequestClientCert}}",
          "auth_enabled: false\ncommon: {storage: {filesystem: {chunks_directory: /c}}}",
          "storage_config: {use_thanos_objstore: true}\n"
              + "ruler_storage: {backend: local, local: {directory: x}}",
          "storage_config: {use_thanos_objstore: true, object_store: {filesystem: {dir: a}}}",
          "storage_config: {use_thanos_objstore: true}\nruler_storage: {backend: filesystem,"
              + " filesystem: {dir: a}}",
          "ruler: {storage: {type: local}, remote_write: {client: {url: http://a}}}",
          "ruler: {remote_write: {client: {url: http://a, basic_auth: {username: u}}}}",
          "ruler: {remote_write: {client: {url: http://a, tls_config: {cert_file: a, key_file:"
              + " b}}}}",
          "ruler: {alertmanager_url: http://a, alertmanager_client: {tls_cert_path: a,"
              + " tls_key_path: b}}",
          "ruler: {storage: {type: s3, s3: {access_key_id: a, secret_access_key: b}}}",
          "storage_config: {aws: {s3: s3://k:s@eu/b, access_key_id: a, secret_access_key: b}}",
          "storage_config: {aws: {bucketnames: b, endpoint: e}}",
          "storage_config: {aws: {bucketnames: b}}",
          "limits_config: {per_tenant_override_config: a}",
          "storage_config: {use_thanos_objstore: true, object_store: {s3: {bucket_name: b,"
              + " access_key_id: a, secret_access_key: b}}}\nruler_storage: {backend: s3, s3:"
              + " {bucket_name: b, endpoint: e, access_key_id: a, secret_access_key: b}}",
          "storage_config: {use_thanos_objstore: true}\ncommon: {storage: {object_store: {s3:"
              + " {bucket_name: b, endpoint: e, access_key_id: a, secret_access_key: b}}}}",
          "storage_config: {use_thanos_objstore: true}\ncommon: {storage: {object_store:"
              + " {filesystem: {dir: a}}}}",
          "common: {storage: {s3: {bucketnames: b, endpoint: e, access_key_id: a,"
              + " secret_access_key: b}}}");

  /** Keys that act, but not through {@link SkaldConfig}. */
  private static final List<String> SEEN_ELSEWHERE =
      List.of(
          "target", // of its words only those for reading act
          "tenant_limits_allow_publish", // read by who prints limits
          "query_range.results_cache.cache.embedded_cache.enabled" // cache_results decides
          );

  /** In these blocks a key without effect still says that the block is there. */
  private static final String PRESENCE_MATTERS =
      "(common\\.storage|storage_config\\.(aws|object_store\\.s3)|ruler.*\\.(s3|client))\\..*";

  @Test
  void hasTheDefaultsThatAreWrittenDown() {
    assertThat(ConfigPrinter.defaults()).isEqualTo(resource("/defaults.yaml"));
  }

  @Test
  void takesItsOwnDefaultsAsAFile() {
    LoadedConfig loaded = load(ConfigPrinter.defaults());

    assertThat(loaded.config().server()).isEqualTo(SkaldConfig.defaults().server());
  }

  @Test
  void agreesWithTheRecordsDefaults() {
    SkaldConfig read = load("auth_enabled: false").config();
    SkaldConfig usual = SkaldConfig.defaults();

    IngesterConfig ingester = usual.ingester();
    assertThat(read)
        .isEqualTo(
            new SkaldConfig(
                usual.target(),
                usual.authEnabled(),
                usual.server(),
                usual.distributor(),
                new IngesterConfig(
                    3, ingester.wal(), ingester.seal(), 0, ingester.minReadyDuration()),
                usual.storage(),
                usual.querier(),
                usual.compactor(),
                usual.ruler(),
                usual.runtime(),
                usual.patterns(),
                usual.limits()));
  }

  @Test
  void limitsRatesAsLokiDoesOnlyWhereThereAreTenants() {
    IngestLimits one = load("auth_enabled: false").config().limits().ingest();
    IngestLimits many = load("auth_enabled: true").config().limits().ingest();
    IngestLimits asked =
        load("{auth_enabled: false, limits_config: {ingestion_rate_mb: 2}}")
            .config()
            .limits()
            .ingest();

    assertThat(one).isEqualTo(Limits.defaults().ingest());
    assertThat(many.ingestionRate()).isEqualTo(4.0 * (1 << 20));
    assertThat(many.ingestionBurst()).isEqualTo(6.0 * (1 << 20));
    assertThat(many.perStreamRate()).isEqualTo(3L << 20);
    assertThat(many.perStreamBurst()).isEqualTo(15L << 20);
    assertThat(asked.ingestionRate()).isEqualTo(2.0 * (1 << 20));
    assertThat(asked.ingestionBurst()).isEqualTo(6.0 * (1 << 20));
    assertThat(asked.perStreamRate()).isZero();
  }

  @Test
  void everyUsedKeyActs() {
    List<SkaldConfig> before = BASES.stream().map(base -> load(base).config()).toList();
    TreeSet<String> idle = new TreeSet<>();
    scalars(RootKeys.ROOT, "")
        .forEach(
            (path, key) -> {
              if (key.use() == Use.USED
                  && !SEEN_ELSEWHERE.contains(path)
                  && !acts(path, key, before)) {
                idle.add(path);
              }
            });

    assertThat(idle).isEmpty();
  }

  @Test
  void noOtherKeyActs() {
    List<String> flags = new ArrayList<>();
    scalars(RootKeys.ROOT, "")
        .forEach(
            (path, key) -> {
              if (key.use() != Use.USED && !path.matches(PRESENCE_MATTERS)) {
                flags.add(flag(path) + "=" + others(key).getFirst());
              }
            });

    assertThat(flags).hasSizeGreaterThan(500);
    for (String base : BASES) {
      assertThat(load(base, flags.toArray(String[]::new)).config()).isEqualTo(load(base).config());
    }
  }

  private static boolean acts(String path, Key key, List<SkaldConfig> before) {
    for (int i = 0; i < before.size(); i++) {
      for (String value : others(key)) {
        try {
          SkaldConfig after = load(BASES.get(i), flag(path) + "=" + value).config();
          if (!after.equals(before.get(i))) {
            return true;
          }
        } catch (ConfigException needsCompany) {
          continue;
        }
      }
    }
    return false;
  }

  private static String flag(String path) {
    return "-" + path.replace('_', '-');
  }

  /** Values other than the default. */
  private static List<String> others(Key key) {
    if (!(key.shape() instanceof Scalar scalar)) {
      return List.of("other");
    }
    Stream<String> candidates =
        switch (scalar) {
          case TEXT ->
              Stream.of(
                  "other",
                  "msg",
                  "json",
                  "warn",
                  "never",
                  "s3",
                  "local",
                  "path",
                  "SSE-S3",
                  "disabled",
                  "filesystem",
                  "index_label",
                  "memberlist",
                  "gzip",
                  "ring",
                  "by-rule",
                  "remote",
                  "shuffle-sharding",
                  "protobuf",
                  "snappy",
                  "VersionTLS13",
                  "RequestClientCert",
                  "bounded",
                  "sqlite",
                  "v4",
                  "none");
          case SECRET -> Stream.of("other");
          case URL -> Stream.of("http://other");
          case BOOL -> Stream.of("true", "false");
          case INT -> Stream.of("7", "300");
          case FLOAT -> Stream.of("0.5", "0.25");
          case GO_DURATION, DURATION -> Stream.of("77h");
          case SIZE -> Stream.of("77MB", "2MB");
          case TIME -> Stream.of("2030-01-02");
          case DAY -> Stream.of("2021-01-02");
        };
    return candidates.filter(value -> passes(key, scalar, value)).toList();
  }

  private static boolean passes(Key key, Scalar scalar, String value) {
    return key.complaint(scalar.parse(value, false)).isEmpty();
  }

  private static Map<String, Key> scalars(Section section, String path) {
    Map<String, Key> found = new TreeMap<>();
    for (Key key : section.keys()) {
      String name = path + key.name();
      if (key.shape() instanceof Shape.Block(Section inner)) {
        found.putAll(scalars(inner, name + "."));
      } else if (key.shape() instanceof Scalar || key.shape() instanceof Shape.Texts) {
        found.put(name, key);
      }
    }
    return found;
  }
}
