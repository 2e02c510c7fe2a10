package dev.skald.config.load;

import dev.skald.config.HttpAuth;
import dev.skald.config.RulerConfig;
import dev.skald.config.RulerConfig.AlertOrigin;
import dev.skald.config.RulerConfig.AlertTiming;
import dev.skald.config.RulerConfig.Alertmanager;
import dev.skald.config.RulerConfig.AlertmanagerConfig;
import dev.skald.config.RulerConfig.AlertmanagerDiscovery;
import dev.skald.config.RulerConfig.Pace;
import dev.skald.config.RulerConfig.RuleStore;
import dev.skald.config.RulerConfig.ServedTenants;
import dev.skald.config.TlsClientConfig;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** {@code ruler} as a record (config-and-clients.md §1.8, §2). */
final class RulerReader {
  private static final Pattern SERVICE = Pattern.compile("^_[^.]+\\._[^.]+\\..+");

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
        new Pace(
            ruler.duration("evaluation_interval"),
            ruler.duration("poll_interval"),
            ruler.block("evaluation").duration("max_jitter")),
        new AlertOrigin(
            ruler.text("external_url"),
            ruler.text("datasource_uid"),
            ruler.textMap("external_labels")),
        new AlertTiming(
            ruler.duration("for_outage_tolerance"),
            ruler.duration("for_grace_period"),
            ruler.duration("resend_delay")),
        alertmanager(),
        new RemoteWriteReader(ruler.block("remote_write"))
            .read(ruler.block("wal").duration("max_age")),
        new ServedTenants(
            Set.copyOf(ruler.csv("enabled_tenants")), Set.copyOf(ruler.csv("disabled_tenants"))),
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
    Settings client = ruler.block("alertmanager_client");
    AlertmanagerDiscovery discovery =
        new AlertmanagerDiscovery(
            ruler.flag("enable_alertmanager_discovery"),
            ruler.duration("alertmanager_refresh_interval"));
    List<Alertmanager> receivers =
        ruler.csv("alertmanager_url").stream()
            .map(text -> receiver(URI.create(text), discovery.enabled(), client))
            .toList();
    return new AlertmanagerConfig(
        receivers,
        discovery,
        tls(client),
        ruler.integer("notification_queue_capacity"),
        ruler.duration("notification_timeout"),
        relabel(ruler.any("alert_relabel_configs")));
  }

  private static Alertmanager receiver(URI url, boolean discovery, Settings client) {
    URI plain = withoutUser(url);
    // Java's host is null where the name has an underscore.
    String host = plain.getHost() == null ? plain.getRawAuthority() : plain.getHost();
    if (host == null) {
      throw new IllegalArgumentException("alertmanager_url has no host in \"" + plain + "\"");
    }
    if (discovery && !SERVICE.matcher(host).find()) {
      throw new IllegalArgumentException(
          "with enable_alertmanager_discovery, the host of alertmanager_url must be as"
              + " _http._tcp.name, got \""
              + host
              + "\"");
    }
    return new Alertmanager(plain, auth(url, client));
  }

  /** What the block says counts, then what the URL says. */
  private static HttpAuth auth(URI url, Settings client) {
    String user = url.getRawAuthority() == null ? "" : url.getAuthority();
    int at = user.lastIndexOf('@');
    if (client.text("basic_auth_username").isEmpty() && at >= 0) {
      String[] pair = user.substring(0, at).split(":", 2);
      return HttpAuth.basic(pair[0], pair.length > 1 ? pair[1] : "");
    }
    return new HttpAuth(
        client.text("basic_auth_username"),
        client.text("basic_auth_password"),
        "",
        client.text("type"),
        client.text("credentials"),
        client.text("credentials_file"));
  }

  private static TlsClientConfig tls(Settings client) {
    return new TlsClientConfig(
        client.text("tls_ca_path"),
        client.text("tls_cert_path"),
        client.text("tls_key_path"),
        client.text("tls_server_name"),
        client.flag("tls_insecure_skip_verify"));
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
    String authority = url.getRawAuthority();
    return authority == null || authority.indexOf('@') < 0
        ? url
        : URI.create(url.toString().replaceFirst("(://)[^/@]*@", "$1"));
  }
}
