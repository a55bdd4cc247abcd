package io.openuptimes.testing;

import io.openuptimes.check.net.lookup.NameFiles;
import io.openuptimes.config.Settings;
import io.openuptimes.model.CheckResult;
import io.openuptimes.runtime.egress.EgressPolicy;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/**
 * A child process that checks names with addresses to which there is no route, in a network with only a loopback. The
 * name server is unreachable, too.
 */
public final class NoRouteChild {

    private static final String HOSTS = """
            2001:db8::1 dual.test none.test six.test
            192.0.2.1 none.test
            127.0.0.1 dual.test
            """;

    private NoRouteChild() {}

    /**
     * @param names checked in order; prints a line for each
     */
    public static void main(String... names) throws Exception {
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        Path hosts = Files.writeString(Files.createTempFile("hosts", ""), HOSTS);
        Path resolvConf = Files.writeString(Files.createTempFile("resolv", ""), "nameserver 2001:db8::53\n");
        JudgedProber prober = new JudgedProber(
                vertx,
                new Settings.Checks(60, 1, 2000, 20, null, 0),
                EgressPolicy.standard(),
                Clock.systemUTC(),
                new NameFiles(hosts, resolvConf, 53));
        try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
            for (String name : names) {
                CheckResult result = Probes.await(
                        vertx.getOrCreateContext(), prober, Services.of("http://" + name + ":" + server.port() + "/"));
                System.out.println(name + " " + result.outcome() + " " + result.error());
            }
        } finally {
            System.out.flush();
            Runtime.getRuntime().halt(0);
        }
    }
}
