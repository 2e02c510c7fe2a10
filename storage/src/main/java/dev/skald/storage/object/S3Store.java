package dev.skald.storage.object;

import dev.skald.config.S3Config;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * Objects in S3, or in a store that speaks its protocol. A call that fails for a reason that may
 * pass (5xx, 429, throttling, a broken or silent connection) is repeated as {@code backoff_config}
 * says.
 *
 * <p>A conditional write that is repeated because its answer was lost finds its own object there:
 * {@link #putIfAbsent} then throws as if another had written it, with a reason that says so. Only
 * who reads the object can tell.
 *
 * <p>An interrupted thread gets an {@link java.io.InterruptedIOException} and stays interrupted.
 */
public final class S3Store implements ObjectStore, AutoCloseable {
  /** Written once by {@link #checkWrites}, to see that it cannot be written twice. */
  static final String PROBE = "probe/written-once";

  private static final String CONTENT_TYPE = "application/octet-stream";

  private final S3Config config;
  private final SdkHttpClient http;
  private final S3Client client;
  private final S3Failures failures;

  private S3Store(S3Config config, SdkHttpClient http, S3Client client) {
    this.config = config;
    this.http = http;
    this.client = client;
    this.failures = new S3Failures(config.endpoint(), config.pathStyle());
  }

  /**
   * Makes the client; asks the store nothing.
   *
   * @param listener hears of each request
   * @throws IOException if there is no region, or the certificates cannot be read
   */
  public static S3Store open(S3Config config, ObjectStoreListener listener) throws IOException {
    SdkHttpClient http = S3Transport.open(config.http());
    try {
      return new S3Store(config, http, S3Clients.open(config, http, listener));
    } catch (SdkException failure) {
      http.close();
      throw new IOException("cannot use S3 as it is configured: " + failure.getMessage(), failure);
    }
  }

  /**
   * Asks every bucket whether it is there and may be listed.
   *
   * @throws IOException that names the endpoint, the bucket and the cause
   */
  public void checkReads() throws IOException {
    for (String bucket : config.buckets()) {
      try {
        String start = S3Place.start(config);
        client.listObjectsV2(list -> list.bucket(bucket).prefix(start).maxKeys(1));
      } catch (SdkException failure) {
        throw failures.failed("list", new S3Place(bucket, "", ""), failure);
      }
    }
  }

  /**
   * Sees that every bucket may be written, and that it refuses to write an object that is there:
   * without that, two writers would overwrite each other.
   *
   * @throws IOException that names the endpoint, the bucket and the cause
   */
  public void checkWrites() throws IOException {
    for (String bucket : config.buckets()) {
      S3Place probe = S3Place.in(bucket, config, PROBE);
      if (writesProbe(probe) && writesProbe(probe)) {
        throw new IOException(
            "bucket %s at %s ignores \"If-None-Match: *\" and overwrites what is there; Skald"
                    .formatted(bucket, config.endpoint())
                + " needs a store with conditional writes");
      }
    }
  }

  private boolean writesProbe(S3Place probe) throws IOException {
    try {
      putIfAbsent(probe, List.of(ByteBuffer.wrap("skald\n".getBytes(StandardCharsets.UTF_8))));
      return true;
    } catch (FileAlreadyExistsException thereAlready) {
      return false;
    }
  }

  @Override
  public byte[] get(String key, long offset, int length) throws IOException {
    if (length == 0) {
      return nothing(key, offset);
    }
    S3Place place = place(key);
    String range = "bytes=" + offset + "-" + (offset + length - 1);
    try {
      return client.getObject(
          get -> get.bucket(place.bucket()).key(place.name()).range(range),
          new RangeTransformer(key, offset, length));
    } catch (SdkException failure) {
      throw failures.failed("get", place, failure);
    }
  }

  /** A range of no bytes cannot be asked for. */
  private byte[] nothing(String key, long offset) throws IOException {
    long size = size(key);
    if (offset > size) {
      throw new EOFException(key + " ends at byte " + size + ", wanted 0 from " + offset);
    }
    return new byte[0];
  }

  @Override
  public void put(String key, List<ByteBuffer> chunks) throws IOException {
    S3Place place = place(key);
    try {
      client.putObject(request(place, chunks).build(), body(chunks));
    } catch (SdkException failure) {
      throw failures.failed("put", place, failure);
    }
  }

  @Override
  public void putIfAbsent(String key, List<ByteBuffer> chunks) throws IOException {
    putIfAbsent(place(key), chunks);
  }

  private void putIfAbsent(S3Place place, List<ByteBuffer> chunks) throws IOException {
    try {
      client.putObject(request(place, chunks).ifNoneMatch("*").build(), body(chunks));
    } catch (SdkException failure) {
      throw failures.notPut(place, failure);
    }
  }

  private PutObjectRequest.Builder request(S3Place place, List<ByteBuffer> chunks) {
    PutObjectRequest.Builder put =
        PutObjectRequest.builder().bucket(place.bucket()).key(place.name()).contentMD5(md5(chunks));
    if (!config.storageClass().isEmpty() && !config.storageClass().equals("STANDARD")) {
      put.storageClass(config.storageClass());
    }
    encrypt(put, config.encryption());
    return put;
  }

  private static void encrypt(PutObjectRequest.Builder put, S3Config.Encryption encryption) {
    switch (encryption.type()) {
      case "SSE-S3" -> put.serverSideEncryption(ServerSideEncryption.AES256);
      case "SSE-KMS" -> {
        put.serverSideEncryption(ServerSideEncryption.AWS_KMS);
        if (!encryption.kmsKeyId().isEmpty()) {
          put.ssekmsKeyId(encryption.kmsKeyId());
        }
        if (!encryption.kmsContext().isEmpty()) {
          byte[] context = encryption.kmsContext().getBytes(StandardCharsets.UTF_8);
          put.ssekmsEncryptionContext(Base64.getEncoder().encodeToString(context));
        }
      }
      default -> {}
    }
  }

  /** The store refuses content that was damaged on its way. */
  private static String md5(List<ByteBuffer> chunks) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      chunks.forEach(chunk -> digest.update(chunk.duplicate()));
      return Base64.getEncoder().encodeToString(digest.digest());
    } catch (NoSuchAlgorithmException everyJvmHasIt) {
      throw new IllegalStateException(everyJvmHasIt);
    }
  }

  private static RequestBody body(List<ByteBuffer> chunks) {
    long length = chunks.stream().mapToLong(ByteBuffer::remaining).sum();
    return RequestBody.fromContentProvider(
        () -> new ChunksInputStream(chunks), length, CONTENT_TYPE);
  }

  @Override
  public List<String> list(String prefix) throws IOException {
    String start = S3Place.start(config);
    List<String> keys = new ArrayList<>();
    for (String bucket : config.buckets()) {
      try {
        for (S3Object object :
            client
                .listObjectsV2Paginator(list -> list.bucket(bucket).prefix(start + prefix))
                .contents()) {
          String key = object.key().substring(start.length());
          // What a console calls a folder is an object whose name ends with a slash.
          if (ObjectKeys.isPlain(key)) {
            keys.add(key);
          }
        }
      } catch (SdkException failure) {
        throw failures.failed("list", new S3Place(bucket, prefix, start + prefix), failure);
      }
    }
    Collections.sort(keys);
    return keys;
  }

  @Override
  public void delete(String key) throws IOException {
    S3Place place = place(key);
    try {
      client.deleteObject(delete -> delete.bucket(place.bucket()).key(place.name()));
    } catch (SdkException failure) {
      IOException reason = failures.failed("delete", place, failure);
      // Amazon says nothing of an object that is not there; some other stores do.
      if (!(reason instanceof NoSuchFileException)) {
        throw reason;
      }
    }
  }

  @Override
  public long size(String key) throws IOException {
    S3Place place = place(key);
    try {
      return client
          .headObject(head -> head.bucket(place.bucket()).key(place.name()))
          .contentLength();
    } catch (SdkException failure) {
      throw failures.failed("size", place, failure);
    }
  }

  private S3Place place(String key) {
    return S3Place.of(config, key);
  }

  /** Closes the connections. */
  @Override
  public void close() {
    client.close();
    http.close();
  }
}
