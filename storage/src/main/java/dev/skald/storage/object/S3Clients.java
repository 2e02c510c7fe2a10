package dev.skald.storage.object;

import dev.skald.config.S3Config;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Makes the client that a configuration describes. */
final class S3Clients {
  private static final Pattern AWS_HOST =
      Pattern.compile("(?:.*\\.)?s3[.-](?:dualstack\\.)?([a-z]+(?:-[a-z]+)+-\\d)\\.amazonaws\\..*");

  /** What stores that know no regions expect to be asked for. */
  private static final Region USUAL = Region.US_EAST_1;

  private S3Clients() {}

  static S3Client open(S3Config config, SdkHttpClient http, ObjectStoreListener listener) {
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClient(http)
            .forcePathStyle(config.pathStyle())
            // Content has CRC32C of its own. What Amazon adds to requests, other stores refuse.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .serviceConfiguration(service -> service.chunkedEncodingEnabled(false))
            .overrideConfiguration(calls(config.http(), listener));
    if (!config.endpoint().isEmpty()) {
      builder.endpointOverride(URI.create(config.endpoint()));
    }
    if (!config.region().isEmpty()) {
      builder.region(Region.of(config.region()));
    } else if (!config.endpoint().isEmpty()) {
      builder.region(regionOf(config.endpoint()));
    }
    if (config.credentials().present()) {
      builder.credentialsProvider(StaticCredentialsProvider.create(keys(config.credentials())));
    }
    return builder.build();
  }

  private static ClientOverrideConfiguration calls(
      S3Config.Http http, ObjectStoreListener listener) {
    ClientOverrideConfiguration.Builder calls =
        ClientOverrideConfiguration.builder()
            .addExecutionInterceptor(new RequestCounter(listener))
            .retryStrategy(retries(http));
    if (!http.timeout().isZero()) {
      calls.apiCallAttemptTimeout(http.timeout());
    }
    return calls.build();
  }

  private static StandardRetryStrategy retries(S3Config.Http http) {
    BackoffStrategy backoff = backoff(http.minBackoff(), http.maxBackoff());
    return AwsRetryStrategy.standardRetryStrategy().toBuilder()
        .maxAttempts(http.maxRetries() + 1)
        .backoffStrategy(backoff)
        .throttlingBackoffStrategy(backoff)
        // Nothing is gained by failing early: a segment that is not written is tried again anyway.
        .circuitBreakerEnabled(false)
        .retryOnException(S3Failures::mayPass)
        .build();
  }

  private static BackoffStrategy backoff(Duration min, Duration max) {
    if (min.isZero()) {
      return BackoffStrategy.retryImmediately();
    }
    return BackoffStrategy.exponentialDelayHalfJitter(min, max.compareTo(min) < 0 ? min : max);
  }

  private static AwsCredentials keys(S3Config.Credentials keys) {
    return keys.sessionToken().isEmpty()
        ? AwsBasicCredentials.create(keys.accessKeyId(), keys.secretAccessKey())
        : AwsSessionCredentials.create(
            keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken());
  }

  static Region regionOf(String endpoint) {
    String host = URI.create(endpoint).getHost();
    Matcher aws = AWS_HOST.matcher(host == null ? "" : host);
    return aws.matches() ? Region.of(aws.group(1)) : USUAL;
  }
}
