package io.openuptimes.bench;

import io.openuptimes.testing.FreePorts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The same targets checked by Prometheus' blackbox_exporter, which stores nothing. */
final class PeerScenario implements Scenario {

    private static final String PROGRAM = "prometheus-blackbox-exporter";

    @Override
    public String name() {
        return "peer";
    }

    @Override
    public void run(Bench bench) throws Exception {
        if (!Programs.has(PROGRAM) || !Programs.has("wrk")) {
            bench.report.add(Row.notMeasured("blackbox_exporter", "", "it or wrk is not installed"));
            return;
        }
        bench.end(); // nothing else may run
        Path config = Files.writeString(
                bench.directory("peer").resolve("blackbox.yml"), """
                modules:
                  verified:
                    prober: http
                    http:
                      preferred_ip_protocol: ip4
                      tls_config:
                        ca_file: %s
                """.formatted(bench.targets.authority()));
        int port = FreePorts.one();
        Process peer = new ProcessBuilder(
                        PROGRAM,
                        "--config.file=" + config,
                        "--web.listen-address=127.0.0.1:" + port,
                        "--log.level=error")
                .inheritIO()
                .start();
        try {
            BareLoop.awaitListening(port);
            measure(bench, peer, port, "HTTP", bench.targets.http(1));
            measure(bench, peer, port, "HTTPS", bench.targets.https(1));
        } finally {
            Programs.end(peer);
        }
    }

    private static void measure(Bench bench, Process peer, int port, String kind, String target) throws Exception {
        String url = "http://127.0.0.1:" + port + "/probe?module=verified&target=" + target;
        int seconds = bench.size(8, 30);
        Wrk.run(url, 3);
        ProcessUsage before = ProcessUsage.of(peer.pid());
        Wrk found = Wrk.run(url, seconds);
        ProcessUsage used = ProcessUsage.of(peer.pid()).since(before);
        double cost = used.per1000Checks(found.perSecond() * seconds);
        Double own = bench.costs.get(kind);
        bench.report.add(Row.told(
                "blackbox_exporter, " + kind,
                String.format(
                        Locale.ROOT,
                        "CPU-s per 1,000 probes %.3f, at most %.0f a second, %.0f MiB%s",
                        cost,
                        found.perSecond(),
                        used.residentMiB(),
                        own == null ? "" : String.format(Locale.ROOT, "; ours, stored, is %.2f of that", own / cost))));
    }
}
