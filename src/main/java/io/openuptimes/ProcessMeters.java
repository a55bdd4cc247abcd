package io.openuptimes;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.openuptimes.config.Version;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Set;

/**
 * Metrics of the process itself: build, JVM, and process metrics under the Prometheus client libraries' names, such as
 * {@code process_cpu_seconds_total}.
 */
final class ProcessMeters implements AutoCloseable {

    /**
     * Micrometer's versions of Prometheus's own metrics: one has the same name, the other violates the naming rules.
     */
    private static final Set<String> REPLACED = Set.of("process.start.time", "process.cpu.time");

    private final JvmGcMetrics gc = new JvmGcMetrics();

    /** Call this before any other meter is registered. */
    void bindTo(PrometheusMeterRegistry registry) {
        registry.config().meterFilter(MeterFilter.deny(id -> REPLACED.contains(id.getName())));
        registry.config().meterFilter(new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                // Prometheus reserves the suffix _count for histograms and summaries
                return id.getName().equals("system.cpu.count") ? id.withName("system.cpus") : id;
            }
        });
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        gc.bindTo(registry);
        PrometheusRegistry prometheus = registry.getPrometheusRegistry();
        ProcessMetrics.builder().register(prometheus);
        Info.builder()
                .name("openuptimes_build_info")
                .help("1, with the version and the Java runtime")
                .labelNames("version", "java", "vendor")
                .register(prometheus)
                .addLabelValues(
                        Version.CURRENT, Runtime.version().toString(), System.getProperty("java.vendor", "unknown"));
    }

    @Override
    public void close() {
        gc.close();
    }
}
