package dev.skald.config.load;

import static dev.skald.config.load.Loading.load;
import static dev.skald.config.load.Loading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.config.S3Config;
import dev.skald.config.StorageConfig.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ways in which people write down a bucket (config-and-clients.md §1.8). */
final class S3FormsTest {

  private static S3Config aws(String block) {
    return load("storage_config: {aws: {" + block + "}}").config().storage().s3();
  }

  private static S3Config thanos(String block) {
    return load("storage_config: {use_thanos_objstore: true, object_store: {s3: {" + block + "}}}")
        .config()
        .storage()
        .s3();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s3: s3://K:S@eu-west-1/logs | '' | eu-west-1 | logs | K",
        "s3: s3://eu-west-1/logs | '' | eu-west-1 | logs | ''",
        "s3: s3://K:S%2F%2B@eu-west-1/logs/ | '' | eu-west-1 | logs | K",
        "s3: s3://K:S@minio.local:9000/logs | http://minio.local:9000 | '' | logs | K",
        "s3: s3://K:S@minio.:9000/logs | http://minio.:9000 | '' | logs | K",
        "s3: s3://K:S@minio:9000/logs | http://minio:9000 | '' | logs | K",
        "s3: http://K:S@minio:9000/logs | http://minio:9000 | '' | logs | K",
        "s3: https://K:S@s3.example.com/logs | https://s3.example.com | '' | logs | K",
        "s3: s3://K:S@garage/logs | '' | garage | logs | K",
        "s3: s3://K:S@eu-west-1, bucketnames: logs | '' | eu-west-1 | logs | K",
        "s3: s3://eu-west-1, bucketnames: logs | '' | eu-west-1 | logs | ''",
        "s3: s3://logs | '' | '' | logs | ''",
        "s3: s3://other, bucketnames: logs, region: eu-1 | '' | eu-1 | logs | ''",
        "s3: s3://K:S@eu-west-1/other, bucketnames: logs | '' | eu-west-1 | logs | K",
        "bucketnames: logs, endpoint: minio:9000 | https://minio:9000 | '' | logs | ''",
        "bucketnames: logs, endpoint: minio:9000, insecure: true"
            + " | http://minio:9000 | '' | logs | ''",
        "bucketnames: logs, endpoint: 'http://minio:9000/' | http://minio:9000 | '' | logs | ''",
        "bucketnames: logs, endpoint: s3.eu-west-1.amazonaws.com, region: eu-west-1"
            + " | https://s3.eu-west-1.amazonaws.com | eu-west-1 | logs | ''",
      })
  void readsUrlsAndSingleKeys(
      String block, String endpoint, String region, String bucket, String keyId) {
    S3Config s3 = aws(block);
    assertThat(s3.endpoint()).isEqualTo(endpoint);
    assertThat(s3.region()).isEqualTo(region);
    assertThat(s3.buckets()).containsExactly(bucket);
    assertThat(s3.credentials().accessKeyId()).isEqualTo(keyId);
  }

  @Test
  void undoesTheEscapesOfKeysInAUrl() {
    S3Config s3 = aws("s3: 's3://A%2FB:S+%2B%2F%3A@eu-west-1/logs'");
    assertThat(s3.credentials().accessKeyId()).isEqualTo("A/B");
    assertThat(s3.credentials().secretAccessKey()).isEqualTo("S++/:");
  }

  @Test
  void takesSeveralBuckets() {
    assertThat(aws("bucketnames: 'a, b,c'").buckets()).containsExactly("a", "b", "c");
  }

  @Test
  void readsHowTheStoreIsCalled() {
    S3Config s3 =
        aws(
            "bucketnames: b, storage_class: STANDARD_IA, s3forcepathstyle: true,"
                + " sse: {type: SSE-KMS, kms_key_id: k, kms_encryption_context: '{\"a\":\"b\"}'},"
                + " backoff_config: {min_period: 1s, max_period: 2s, max_retries: 7},"
                + " http_config: {timeout: 3s, idle_conn_timeout: 4s,"
                + " response_header_timeout: 5s, insecure_skip_verify: true, ca_file: /ca.pem}");
    assertThat(s3.storageClass()).isEqualTo("STANDARD_IA");
    assertThat(s3.pathStyle()).isTrue();
    assertThat(s3.encryption()).isEqualTo(new S3Config.Encryption("SSE-KMS", "k", "{\"a\":\"b\"}"));
    assertThat(s3.http())
        .isEqualTo(
            new S3Config.Http(
                Duration.ofSeconds(3),
                Duration.ofSeconds(4),
                Duration.ofSeconds(5),
                true,
                "/ca.pem",
                7,
                Duration.ofSeconds(1),
                Duration.ofSeconds(2)));
  }

  @Test
  void putsObjectsBehindAPrefix() {
    assertThat(
            load("storage_config: {object_prefix: logs/skald/, aws: {bucketnames: b}}")
                .config()
                .storage()
                .s3()
                .prefix())
        .isEqualTo("logs/skald");
    assertThat(
            load("storage_config: {use_thanos_objstore: true, object_store: {storage_prefix: p,"
                    + " s3: {bucket_name: b}}}")
                .config()
                .storage()
                .s3()
                .prefix())
        .isEqualTo("p");
  }

  @ParameterizedTest
  @CsvSource({
    "minio:9000, auto, true",
    "s3.example.com, auto, true",
    "s3.eu-west-1.amazonaws.com, auto, false",
    "s3.cn-north-1.amazonaws.com.cn, auto, false",
    "storage.googleapis.com, auto, false",
    "oss-eu-central-1.aliyuncs.com, auto, false",
    "s3.eu-west-1.amazonaws.com, path, true",
    "minio:9000, virtual-hosted, false",
    "'', auto, false",
  })
  void looksBucketsUpAsTheEndpointWantsIt(String endpoint, String lookup, boolean path) {
    S3Config s3 =
        thanos("bucket_name: b, endpoint: '" + endpoint + "', bucket_lookup_type: " + lookup);
    assertThat(s3.pathStyle()).isEqualTo(path);
  }

  @Test
  void readsHowTheStoreOfTheNewFormIsCalled() {
    S3Config s3 =
        thanos(
            "bucket_name: b, session_token: t, access_key_id: a, secret_access_key: s,"
                + " storage_class: STANDARD_IA, max_retries: 3, http: {idle_conn_timeout: 4s,"
                + " response_header_timeout: 5s, insecure_skip_verify: true, tls_ca_path: /ca}");
    assertThat(s3.credentials().sessionToken()).isEqualTo("t");
    assertThat(s3.storageClass()).isEqualTo("STANDARD_IA");
    assertThat(s3.http())
        .isEqualTo(
            new S3Config.Http(
                Duration.ZERO,
                Duration.ofSeconds(4),
                Duration.ofSeconds(5),
                true,
                "/ca",
                3,
                Duration.ofMillis(100),
                Duration.ofSeconds(3)));
  }

  @Test
  void takesTheNewFormFromTheCommonSection() {
    var config =
        load("""
        common:
          storage: {object_store: {s3: {bucket_name: b, endpoint: minio:9000}}}
        storage_config: {use_thanos_objstore: true}
        """)
            .config();
    assertThat(config.storage().kind()).isEqualTo(Kind.S3);
    assertThat(config.storage().s3().buckets()).containsExactly("b");
    assertThat(config.storage().s3().endpoint()).isEqualTo("https://minio:9000");
  }

  @Test
  void takesANamedStore() {
    var storage =
        load("""
        storage_config: {named_stores: {aws: {mine: {bucketnames: b, region: eu-1}}}}
        schema_config:
          configs:
            - {from: 2024-01-01, store: tsdb, object_store: mine, schema: v13,
               index: {prefix: i_, period: 24h}}
        """)
            .config()
            .storage();
    assertThat(storage.kind()).isEqualTo(Kind.S3);
    assertThat(storage.s3().buckets()).containsExactly("b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "aws: {bucketnames: b, access_key_id: a} | must supply both an Access Key ID and Secret"
            + " Access Key or neither",
        "aws: {bucketnames: b, secret_access_key: a} | must supply both an Access Key ID and"
            + " Secret Access Key or neither",
        "aws: {region: eu-1} | at least one bucket name must be specified",
        "aws: {bucketnames: b, endpoint: 'ftp://x'} | endpoint \"ftp://x\" is no http or https"
            + " URL with a host",
        "aws: {bucketnames: b, endpoint: 'my_minio:9000'} | endpoint \"https://my_minio:9000\" is"
            + " no http or https URL with a host",
        "aws: {bucketnames: b, endpoint: 'a b'} | endpoint \"https://a b\" is no http or https URL"
            + " with a host",
        "object_prefix: a/../b, aws: {bucketnames: b} | object_prefix \"a/../b\" has the part"
            + " \"..\", wanted names joined by slashes",
      })
  void saysWhatIsWrong(String block, String problem) {
    assertThat(problems("storage_config: {" + block + "}"))
        .singleElement()
        .asString()
        .endsWith(problem);
  }
}
