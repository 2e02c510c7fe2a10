package dev.skald.storage.object;

import dev.skald.config.S3Config;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * Where an object lies. Which of several buckets holds a key follows from the key alone: the CRC32C
 * of its UTF-8 bytes, without the prefix, modulo their number. So buckets cannot be added, removed
 * or reordered later.
 *
 * @param key as callers know the object
 * @param name as the bucket knows it: prefix, {@code /} and key
 */
record S3Place(String bucket, String key, String name) {
  static S3Place of(S3Config config, String key) {
    ObjectKeys.check(key);
    CRC32C crc = new CRC32C();
    crc.update(key.getBytes(StandardCharsets.UTF_8));
    int index = (int) (crc.getValue() % config.buckets().size());
    return in(config.buckets().get(index), config, key);
  }

  static S3Place in(String bucket, S3Config config, String key) {
    return new S3Place(bucket, key, start(config) + key);
  }

  /** What the name of every object begins with. */
  static String start(S3Config config) {
    return config.prefix().isEmpty() ? "" : config.prefix() + "/";
  }
}
