package dev.skald.deploy;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import java.io.IOException;

/** Checks manifests against the fields that Kubernetes' API has and requires. */
final class Manifests {
  private Manifests() {}

  /**
   * @param json a manifest
   * @throws IllegalArgumentException that names a field that is unknown, missing or of another type
   */
  static void check(String json) throws IOException {
    JsonElement manifest = JsonParser.parseString(json);
    String kind = manifest.getAsJsonObject().get("kind").getAsString();
    String version = manifest.getAsJsonObject().get("apiVersion").getAsString();
    switch (version + " " + kind) {
      case "v1 ConfigMap" -> V1ConfigMap.validateJsonElement(manifest);
      case "v1 Namespace" -> V1Namespace.validateJsonElement(manifest);
      case "v1 Service" -> V1Service.validateJsonElement(manifest);
      case "apps/v1 StatefulSet" -> V1StatefulSet.validateJsonElement(manifest);
      case "policy/v1 PodDisruptionBudget" -> V1PodDisruptionBudget.validateJsonElement(manifest);
      default -> throw new IllegalArgumentException("no check for " + version + " " + kind);
    }
  }
}
