package dev.skald.config.load;

import dev.skald.config.ConfigException;
import dev.skald.config.Limits;
import dev.skald.config.Notice;
import dev.skald.config.Overrides;
import dev.skald.config.RuntimeConfig;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The limits of every tenant: those of {@code limits_config} with, on top, the tenant's entry in
 * the runtime files, which are read again and again (config-and-clients.md §1.9).
 *
 * <p>Reading is for one thread at a time, asking for any thread. A failed reading changes nothing.
 */
public final class TenantOverrides implements Overrides {
  /**
   * How the last readings went.
   *
   * @param successful whether the last one did
   * @param sha256 of the files in force, in hex; empty before the first success
   * @param changedAt when other content last came into force
   */
  public record Status(boolean successful, String sha256, Instant changedAt) {}

  private record Tenant(Settings settings, Limits limits) {}

  private final Settings global;
  private final Settings remoteWrite;
  private final Limits usual;
  private final RuntimeFiles files;
  private volatile Map<String, Tenant> tenants = Map.of();
  private volatile Status status = new Status(true, "", Instant.EPOCH);
  private volatile List<Notice> notices = List.of();

  /**
   * @param directory against which the names of the files are resolved
   */
  public TenantOverrides(LoadedConfig loaded, Path directory) {
    RuntimeConfig runtime = loaded.config().runtime();
    this.global = loaded.settings().block("limits_config");
    this.remoteWrite = loaded.settings().block("ruler").block("remote_write");
    this.usual = loaded.config().limits();
    this.files = new RuntimeFiles(runtime.files(), directory);
  }

  @Override
  public Limits limits(String tenant) {
    Tenant known = tenants.get(tenant);
    return known == null ? usual : known.limits();
  }

  /** Every limit of a tenant by its key, for printing. */
  public Settings settings(String tenant) {
    Tenant known = tenants.get(tenant);
    return known == null ? global : known.settings();
  }

  /** The tenants with an entry of their own. */
  public Set<String> tenants() {
    return tenants.keySet();
  }

  public Status status() {
    return status;
  }

  /** What the files in force hold that the operator should know. */
  public List<Notice> notices() {
    return notices;
  }

  /**
   * Reads the files again; where they have changed, all new limits come into force at once.
   *
   * @return whether they had changed
   * @throws ConfigException with every problem found; what was in force stays
   */
  public boolean reload(Instant now) {
    try {
      String sha256 = files.sha256();
      boolean changed = !sha256.equals(status.sha256());
      if (changed) {
        take(files.read());
      }
      status = new Status(true, sha256, changed ? now : status.changedAt());
      return changed;
    } catch (ConfigException e) {
      status = new Status(false, status.sha256(), status.changedAt());
      throw e;
    }
  }

  private void take(RuntimeFiles.Content content) {
    Map<String, Tenant> fresh = new HashMap<>();
    Findings findings = new Findings(files.name());
    content
        .overrides()
        .forEach(
            (name, own) -> {
              try {
                Settings settings = own.over(global);
                Limits limits = new LimitsReader(settings, remoteWrite).read();
                fresh.put(name, new Tenant(settings, limits));
              } catch (IllegalArgumentException | ArithmeticException e) {
                findings.problem(0, "invalid override for tenant " + name + ": " + e.getMessage());
              }
            });
    findings.throwIfAny("failed to load runtime config: load file:", "");
    tenants = Map.copyOf(fresh);
    notices = content.notices();
  }
}
