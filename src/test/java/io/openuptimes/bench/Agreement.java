package io.openuptimes.bench;

import io.openuptimes.testing.RestartableRedis;
import io.openuptimes.testing.ServiceProcess;
import io.openuptimes.testing.TargetServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Measures how long a change made on one of two nodes takes to become visible on the other, while services are checked.
 *
 * <p>Arguments: number of services (1000), check interval in seconds (1), repetitions of each operation (100). Exits
 * with 1 if anything took more than a second.
 */
public final class Agreement {

    private Agreement() {}

    public static void main(String[] args) throws Exception {
        int services = args.length > 0 ? Integer.parseInt(args[0]) : 1_000;
        int interval = args.length > 1 ? Integer.parseInt(args[1]) : 1;
        int times = args.length > 2 ? Integer.parseInt(args[2]) : 100;
        Path dir = Files.createTempDirectory("agreement");
        List<Delays> all;
        try (RestartableRedis redis = new RestartableRedis(Files.createDirectories(dir.resolve("redis")));
                TargetServer target = TargetServer.start()) {
            redis.start();
            try (ServiceProcess one = node(dir, "one", redis);
                    ServiceProcess other = node(dir, "other", redis)) {
                AgreementRun run = new AgreementRun(one.ready(), other.ready(), target, times);
                run.create(services, interval);
                all = run.all();
            }
        }
        System.out.println(Delays.HEAD);
        all.forEach(delays -> System.out.println(delays.row()));
        System.exit(all.stream().allMatch(Delays::isGood) ? 0 : 1);
    }

    private static ServiceProcess node(Path dir, String name, RestartableRedis redis) throws Exception {
        return ServiceProcess.start(
                Files.createDirectories(dir.resolve(name)),
                Map.of(
                        "OPENUPTIMES_NODE_NAME",
                        name,
                        "OPENUPTIMES_REDIS_URL",
                        redis.url(),
                        "OPENUPTIMES_RATE_LIMIT",
                        "0",
                        "OPENUPTIMES_HTTP_TRUSTED_PROXIES",
                        "127.0.0.1",
                        "JDK_JAVA_OPTIONS",
                        "@" + System.getProperty("openuptimes.jvm.options")));
    }
}
