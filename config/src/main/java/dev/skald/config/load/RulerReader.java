package dev.skald.config.load;

import dev.skald.config.HttpAuth;
import dev.skald.config.RulerConfig;
import dev.skald.config.RulerConfig.AlertTiming;
import dev.skald.config.RulerConfig.AlertmanagerConfig;
import dev.skald.config.RulerConfig.RuleStore;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code ruler} as a record (config-and-clients.md §1.8, §2). */
final class RulerReader {
  private final Settings root;
  private final Settings ruler;

  RulerReader(Settings root) {
    this.root = root;
    this.ruler = root.block("ruler");
  }

  RulerConfig read() {
    return new RulerConfig(
        store(),
        ruler.file("rule_path"),
        ruler.block("wal").file("dir"),
        ruler.flag("enable_api"),
        ruler.duration("evaluation_interval"),
        ruler.duration("poll_interval"),
        ruler.block("evaluation").duration("max_jitter"),
        ruler.text("external_url"),
        ruler.text("datasource_uid"),
        ruler.textMap("external_labels"),
        new AlertTiming(
            ruler.duration("for_outage_tolerance"),
            ruler.duration("for_grace_period"),
            ruler.duration("resend_delay")),
        alertmanager(),
        new RemoteWriteReader(ruler.block("remote_write")).read(),
        Set.copyOf(ruler.csv("enabled_tenants")),
        Set.copyOf(ruler.csv("disabled_tenants")),
        !ruler.flag("disable_rule_group_label"));
  }

  private RuleStore store() {
    Settings thanos = root.block("ruler_storage");
    if (root.block("storage_config").flag("use_thanos_objstore")) {
      return thanosStore(thanos);
    }
    Settings storage = ruler.block("storage");
    return switch (storage.text("type")) {
      case "" -> RuleStore.none();
      case "local" -> local(storage.block("local").text("directory"));
      case "s3" ->
          new RuleStore(RuleStore.Kind.S3, Path.of(""), S3Reader.read(storage.block("s3")));
      default -> throw unsupported(storage.text("type"));
    };
  }

  private static RuleStore thanosStore(Settings storage) {
    return switch (storage.text("backend")) {
      case "filesystem" -> local(storage.block("filesystem").text("dir"));
      case "local" -> local(storage.block("local").text("directory"));
      case "s3" ->
          new RuleStore(
              RuleStore.Kind.S3,
              Path.of(""),
              S3Reader.readThanos(storage.block("s3"))
                  .withPrefix(S3Reader.prefix(storage.text("storage_prefix"))));
      default -> throw unsupported(storage.text("backend"));
    };
  }

  private static RuleStore local(String directory) {
    return directory.isEmpty() ? RuleStore.none() : RuleStore.local(Path.of(directory));
  }

  private static IllegalArgumentException unsupported(String type) {
    return new IllegalArgumentException(
        "storage type \"%s\" is not supported; Skald reads rules from: local, s3".formatted(type));
  }

  private AlertmanagerConfig alertmanager() {
    List<URI> urls = new ArrayList<>();
    HttpAuth auth = clientAuth(ruler.block("alertmanager_client"));
    for (String text : ruler.csv("alertmanager_url")) {
      URI url = URI.create(text);
      if (auth.username().isEmpty() && url.getUserInfo() != null) {
        String[] pair = (url.getUserInfo() + ":").split(":", -1);
        auth = HttpAuth.basic(pair[0], pair[1]);
      }
      urls.add(withoutUser(url));
    }
    return new AlertmanagerConfig(
        urls,
        auth,
        ruler.integer("notification_queue_capacity"),
        ruler.duration("notification_timeout"),
        relabel(ruler.any("alert_relabel_configs")));
  }

  private static HttpAuth clientAuth(Settings client) {
    return new HttpAuth(
        client.text("basic_auth_username"),
        client.text("basic_auth_password"),
        client.text("type"),
        client.text("credentials"),
        client.text("credentials_file"));
  }

  /** A list of maps, as it stands in the file. */
  static List<Map<String, Object>> relabel(Object any) {
    List<Map<String, Object>> rules = new ArrayList<>();
    if (!(any instanceof List<?> items)) {
      throw new IllegalArgumentException("relabel configs must be a list");
    }
    for (Object item : items) {
      if (!(item instanceof Map<?, ?> map)) {
        throw new IllegalArgumentException("a relabel config must be a map");
      }
      Map<String, Object> rule = new LinkedHashMap<>();
      map.forEach((key, value) -> rule.put(String.valueOf(key), value));
      rules.add(rule);
    }
    return rules;
  }

  static URI withoutUser(URI url) {
    String user = url.getRawUserInfo();
    return user == null ? url : URI.create(url.toString().replaceFirst("(://)[^/@]*@", "$1"));
  }
}
