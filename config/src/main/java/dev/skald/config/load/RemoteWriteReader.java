package dev.skald.config.load;

import dev.skald.config.HttpAuth;
import dev.skald.config.RemoteWriteConfig;
import dev.skald.config.RemoteWriteConfig.Client;
import dev.skald.config.RemoteWriteConfig.Queue;
import dev.skald.config.TlsClientConfig;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code ruler.remote_write} as a record (config-and-clients.md §2.9). */
final class RemoteWriteReader {
  /** The name of the receiver that has none. */
  private static final String SINGLE = "default";

  private final Settings block;

  RemoteWriteReader(Settings block) {
    this.block = block;
  }

  /**
   * @param maxAge how long samples wait
   */
  RemoteWriteConfig read(Duration maxAge) {
    Map<String, Client> clients = new LinkedHashMap<>();
    boolean single = block.isChanged("client");
    if (single && block.isChanged("clients")) {
      throw new IllegalArgumentException(
          "remote_write.client and remote_write.clients cannot be given together");
    }
    if (single) {
      clients.put(SINGLE, client("client", block.block("client")));
    }
    block.namedBlocks("clients").forEach((name, one) -> clients.put(name, client(name, one)));
    return new RemoteWriteConfig(
        block.flag("enabled"), clients, block.flag("add_org_id_header"), maxAge);
  }

  /**
   * Reads what a tenant has of its own, over what all tenants have; its names may be new.
   *
   * @param tenant the blocks of {@code ruler_remote_write_config} by name
   */
  Map<String, Client> over(Map<String, Settings> tenant) {
    Map<String, Settings> usual = new LinkedHashMap<>(block.namedBlocks("clients"));
    if (block.isChanged("client")) {
      usual.put(SINGLE, block.block("client"));
    }
    Map<String, Client> clients = new LinkedHashMap<>();
    tenant.forEach(
        (name, own) -> {
          Settings base = usual.get(name);
          clients.put(name, client(name, base == null ? own : own.over(base)));
        });
    return clients;
  }

  private static Client client(String name, Settings client) {
    if (client.text("url").isEmpty()) {
      throw new IllegalArgumentException("remote-write client \"" + name + "\" has no url");
    }
    return new Client(
        RulerReader.withoutUser(URI.create(client.text("url"))),
        client.textMap("headers"),
        client.duration("remote_timeout"),
        auth(client),
        tls(client.block("tls_config")),
        queue(client.block("queue_config")),
        RulerReader.relabel(client.any("write_relabel_configs")));
  }

  private static HttpAuth auth(Settings client) {
    Settings basic = client.block("basic_auth");
    Settings header = client.block("authorization");
    String user = URI.create(client.text("url")).getUserInfo();
    if (!basic.text("username").isEmpty()) {
      return new HttpAuth(
          basic.text("username"),
          basic.text("password"),
          basic.text("password_file"),
          "Bearer",
          "",
          "");
    } else if (user != null) {
      String[] pair = (user + ":").split(":", -1);
      return HttpAuth.basic(pair[0], pair[1]);
    }
    boolean token = !client.text("bearer_token").isEmpty();
    boolean tokenFile = !client.text("bearer_token_file").isEmpty();
    return new HttpAuth(
        "",
        "",
        "",
        header.text("type"),
        token ? client.text("bearer_token") : header.text("credentials"),
        tokenFile ? client.text("bearer_token_file") : header.text("credentials_file"));
  }

  private static TlsClientConfig tls(Settings tls) {
    return new TlsClientConfig(
        tls.text("ca_file"),
        tls.text("cert_file"),
        tls.text("key_file"),
        tls.text("server_name"),
        tls.flag("insecure_skip_verify"));
  }

  private static Queue queue(Settings queue) {
    return new Queue(
        queue.integer("capacity"),
        queue.integer("max_shards"),
        queue.integer("max_samples_per_send"),
        queue.duration("batch_send_deadline"),
        queue.duration("min_backoff"),
        queue.duration("max_backoff"),
        queue.flag("retry_on_http_429"));
  }
}
