package dev.skald.config;

import java.util.List;

/**
 * The front door for writes ({@code distributor}).
 *
 * @param maxRecvMsgSize bytes of a push as received
 * @param maxDecompressedSize bytes of a push after decompression
 * @param otlpIndexLabels resource attributes that become stream labels where a tenant does not say
 *     otherwise
 * @param maxReturnedErrors refused entries that a 400 lists ({@code
 *     ingester.max_returned_stream_errors})
 */
public record DistributorConfig(
    int maxRecvMsgSize,
    long maxDecompressedSize,
    List<String> otlpIndexLabels,
    int maxReturnedErrors) {
  public DistributorConfig {
    Check.positive(maxRecvMsgSize, "distributor.max_recv_msg_size");
    Check.positive(maxDecompressedSize, "distributor.max_decompressed_size");
    otlpIndexLabels = List.copyOf(otlpIndexLabels);
    Check.notNegative(maxReturnedErrors, "ingester.max_returned_stream_errors");
  }

  public static DistributorConfig defaults() {
    return new DistributorConfig(
        100 << 20,
        5_000L << 20,
        List.of(
            "service.name",
            "service.namespace",
            "service.instance.id",
            "deployment.environment",
            "deployment.environment.name",
            "cloud.region",
            "cloud.availability_zone",
            "k8s.cluster.name",
            "k8s.namespace.name",
            "k8s.pod.name",
            "k8s.container.name",
            "container.name",
            "k8s.replicaset.name",
            "k8s.deployment.name",
            "k8s.statefulset.name",
            "k8s.daemonset.name",
            "k8s.cronjob.name",
            "k8s.job.name"),
        10);
  }
}
