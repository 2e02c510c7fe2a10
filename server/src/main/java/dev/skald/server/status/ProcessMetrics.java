package dev.skald.server.status;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** What the process and its Java machine need, and which build it is. */
public final class ProcessMetrics {
  private static final double NANOS = 1e9;

  private ProcessMetrics() {}

  public static void register(MeterRegistry registry) {
    new ClassLoaderMetrics().bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    FunctionCounter.builder("process.cpu.seconds", system, s -> s.getProcessCpuTime() / NANOS)
        .register(registry);
    Gauge.builder("loki.build.info", () -> 1)
        .tag("version", "3.7.6")
        .tag("revision", "skald-" + Version.current())
        .tag("branch", "skald")
        .tag("goversion", "")
        .tag("goos", System.getProperty("os.name").toLowerCase(Locale.ROOT))
        .tag("goarch", System.getProperty("os.arch"))
        .tag("tags", "")
        .register(registry);
  }
}
