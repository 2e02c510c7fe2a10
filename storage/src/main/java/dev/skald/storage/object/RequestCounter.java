package dev.skald.storage.object;

import dev.skald.storage.object.ObjectStoreListener.Operation;
import java.util.Optional;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** Tells a listener of each request that leaves for S3. */
record RequestCounter(ObjectStoreListener listener) implements ExecutionInterceptor {
  private static final ExecutionAttribute<Boolean> SENT =
      new ExecutionAttribute<>("dev.skald.sent");

  @Override
  public void beforeTransmission(Context.BeforeTransmission request, ExecutionAttributes call) {
    boolean retry = call.getAttribute(SENT) != null;
    call.putAttribute(SENT, true);
    operation(request.request()).ifPresent(operation -> listener.requested(operation, retry));
  }

  private static Optional<Operation> operation(SdkRequest request) {
    return Optional.ofNullable(
        switch (request) {
          case GetObjectRequest get -> Operation.GET;
          case PutObjectRequest put ->
              put.ifNoneMatch() == null ? Operation.PUT : Operation.PUT_IF_ABSENT;
          case ListObjectsV2Request list -> Operation.LIST;
          case DeleteObjectRequest delete -> Operation.DELETE;
          case HeadObjectRequest head -> Operation.SIZE;
          default -> null;
        });
  }
}
