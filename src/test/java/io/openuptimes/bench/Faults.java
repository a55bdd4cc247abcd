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
 * Takes Redis away from the jar for as long as one asks for, with services that are checked meanwhile, and compares
 * each check that the target has seen with what is in the history afterwards.
 *
 * <p>Arguments: how many services (1000), seconds between two checks of one (5), then the faults, each a kind and
 * seconds: {@code stop:60} (Redis ends, and is started again), {@code pause:60} (SIGSTOP, SIGCONT). Without any, these
 * two; {@code stop:600} is the long one. Exits with 1 if anything was lost, doubled or out of order.
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
