package io.openuptimes.bench;

import io.openuptimes.testing.RestartableRedis;
import io.openuptimes.testing.ServiceProcess;
import io.openuptimes.testing.TargetServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Takes Redis away from the running jar for given times while services are checked, and compares every check seen by
 * the target with the history afterwards.
 *
 * <p>Arguments: number of services (1000), check interval in seconds (5), then the faults, each a kind and seconds:
 * {@code stop:60} (Redis is stopped and restarted), {@code pause:60} (SIGSTOP, SIGCONT). The default is these two;
 * {@code stop:600} is the long one. Exits with 1 if anything was lost, duplicated or out of order.
 */
public final class Faults {

    private Faults() {}

    public static void main(String[] args) throws Exception {
        int services = args.length > 0 ? Integer.parseInt(args[0]) : 1_000;
        int interval = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        List<String> faults = args.length > 2 ? List.of(args).subList(2, args.length) : List.of("stop:60", "pause:60");
        Path dir = Files.createTempDirectory("faults");
        List<FaultReport> reports = new ArrayList<>();
        try (RestartableRedis redis = new RestartableRedis(Files.createDirectories(dir.resolve("redis")));
                TargetServer target = TargetServer.start()) {
            redis.start();
            try (ServiceProcess service = ServiceProcess.start(
                            dir,
                            Map.of(
                                    "OPENUPTIMES_REDIS_URL",
                                    redis.url(),
                                    "OPENUPTIMES_RATE_LIMIT",
                                    "0",
                                    "JDK_JAVA_OPTIONS",
                                    "@" + System.getProperty("openuptimes.jvm.options")))
                    .ready()) {
                FaultRun run = new FaultRun(service, redis, target, services, interval);
                run.create();
                for (String fault : faults) {
                    reports.add(run.of(fault));
                }
                System.out.println(FaultReport.HEAD);
                reports.forEach(report -> System.out.println(report.row()));
                System.out.println(
                        service.log()
                                        .lines()
                                        .filter(line -> line.contains("WARN") || line.contains("ERROR"))
                                        .count() + " lines of warnings in the log");
            }
        }
        System.exit(reports.stream().allMatch(FaultReport::isGood) ? 0 : 1);
    }
}
