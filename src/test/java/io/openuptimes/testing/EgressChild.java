package io.openuptimes.testing;

import io.openuptimes.check.net.lookup.NameFiles;
import io.openuptimes.config.Settings;
import io.openuptimes.model.CheckResult;
import io.openuptimes.runtime.egress.EgressPolicy;
import io.openuptimes.runtime.egress.OwnServers;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * A child process that checks hosts which all lead to a server of its own, both directly and through a redirect from
 * the loopback. Prints each result under the default egress policy, the number of connections the server received, and
 * the result of a check under a policy that permits the addresses.
 */
public final class EgressChild {

    private static final List<String> PERMITTED =
            List.of("169.254.169.254", "100.100.100.200", "168.63.129.16", "fd00:ec2::254");

    private EgressChild() {}

    /**
     * @param hosts in URL syntax
     */
    public static void main(String... hosts) throws Exception {
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        Path hostsFile = Files.writeString(Files.createTempFile("hosts", ""), "169.254.169.254 metadata.test\n");
        NameFiles files = new NameFiles(hostsFile, Path.of("/etc/resolv.conf"), 53);
        Context context = vertx.getOrCreateContext();
        JudgedProber standard = prober(vertx, EgressPolicy.standard(), files);
        JudgedProber open = prober(vertx, new EgressPolicy(List.of(), PERMITTED, true, new OwnServers()), files);
        try (RawServer server = RawServer.on("::", EgressChild::serve)) {
            String own = "http://127.0.0.1:" + server.port() + "/";
            for (String host : hosts) {
                String url = "http://" + host + ":" + server.port() + "/";
                int before = server.connections();
                print(host, "direct", Probes.await(context, standard, Services.of(url)));
                print(host, "redirected", Probes.await(context, standard, Services.of(own + "to:" + url)));
                // connections are accepted in order: once this one is answered, all earlier ones have been counted
                Probes.await(context, standard, Services.of(own));
                System.out.println(host + " connections " + (server.connections() - before - 2));
                print(host, "permitted", Probes.await(context, open, Services.of(url)));
            }
        } finally {
            System.out.flush();
            Runtime.getRuntime().halt(0);
        }
    }

    private static JudgedProber prober(Vertx vertx, EgressPolicy policy, NameFiles files) throws Exception {
        return new JudgedProber(vertx, new Settings.Checks(60, 1, 2000, 20, null, 0), policy, Clock.systemUTC(), files);
    }

    private static void serve(RawServer.Conversation conversation) throws IOException {
        String head = conversation.awaitHead();
        int to = head.indexOf("to:");
        String location = to < 0 ? "" : "Location: " + head.substring(to + 3, head.indexOf(" HTTP")) + "\r\n";
        conversation.send("HTTP/1.1 " + (to < 0 ? "200 OK" : "302 Found") + "\r\n" + location
                + "Content-Length: 0\r\nConnection: close\r\n\r\n");
        conversation.close();
    }

    private static void print(String host, String how, CheckResult result) {
        System.out.println(host + " " + how + " " + result.outcome() + " " + result.deniedBy());
    }
}
