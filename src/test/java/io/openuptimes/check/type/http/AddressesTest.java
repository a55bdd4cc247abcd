package io.openuptimes.check.type.http;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import io.openuptimes.check.net.lookup.NameFiles;
import io.openuptimes.config.Settings;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.runtime.egress.EgressPolicy;
import io.openuptimes.testing.Await;
import io.openuptimes.testing.DeafListener;
import io.openuptimes.testing.FreePorts;
import io.openuptimes.testing.JudgedProber;
import io.openuptimes.testing.NameServer;
import io.openuptimes.testing.NameServer.Reply;
import io.openuptimes.testing.NetworkNamespace;
import io.openuptimes.testing.NoRouteChild;
import io.openuptimes.testing.Probes;
import io.openuptimes.testing.RawServer;
import io.openuptimes.testing.Services;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks of names whose addresses are valid, changed, dead or numerous. */
@Timeout(180)
class AddressesTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    /** A check is up within this time only if no dead address uses it up. */
    private static final int TIMEOUT_MS = 60_000;

    @TempDir
    private Path directory;

    private NameServer names;
    private Vertx vertx;
    private Context context;
    private JudgedProber prober;

    @BeforeEach
    void start() throws Exception {
        names = new NameServer();
        resolvConf("nameserver 127.0.0.1\noptions timeout:30 attempts:1\n");
        vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        context = vertx.getOrCreateContext();
        prober = new JudgedProber(
                vertx,
                new Settings.Checks(60, 1, 2000, 20, null, 0),
                EgressPolicy.standard(),
                Clock.systemUTC(),
                new NameFiles(directory.resolve("hosts"), directory.resolve("resolv.conf"), names.port()));
    }

    @AfterEach
    void close() throws Exception {
        Await.await(prober.close().eventually(vertx::close));
        names.close();
    }

    private void hosts(String text) throws IOException {
        Files.writeString(directory.resolve("hosts"), text);
    }

    private void resolvConf(String text) throws IOException {
        Files.writeString(directory.resolve("resolv.conf"), text);
    }

    private static RawServer on(String address) {
        assumeTrue(RawServer.canListenOn(address), "no " + address + " here");
        return RawServer.on(address, AddressesTest::answer);
    }

    private static void answer(RawServer.Conversation conversation) throws IOException {
        conversation.awaitHead();
        conversation.send(OK);
        conversation.close();
    }

    private CheckResult probe(String host, int port) {
        return probe(host, port, TIMEOUT_MS);
    }

    private CheckResult probe(String host, int port, int timeout) {
        return Probes.await(
                context, prober, Services.of("http://" + host + ":" + port + "/", Map.of("timeout", timeout)));
    }

    private void assertUp(String host, int port) {
        CheckResult result = probe(host, port);
        assertThat(result.outcome()).as(result.error()).isEqualTo(Outcome.UP);
    }

    private void assertFails(String host, int port, Outcome outcome, String error) {
        CheckResult result = probe(host, port);
        assertThat(result.outcome() + " " + result.error()).isEqualTo(outcome + " " + error);
    }

    @Test
    void aNameThatIsAddedMovedOrRemovedIsFollowedWithoutARestart() throws Exception {
        try (RawServer server = on("127.0.0.2")) {
            assertFails("moving.test", server.port(), Outcome.DNS, "name does not exist");
            hosts("127.0.0.2 moving.test\n");
            eventually(() -> assertUp("moving.test", server.port()));
            hosts("127.0.0.3 moving.test\n");
            eventually(() -> assertFails("moving.test", server.port(), Outcome.CONNECT, "connection refused"));
            hosts("127.0.0.3 other.test\n127.0.0.2 moving.test\n");
            eventually(() -> assertUp("moving.test", server.port()));
            hosts("");
            eventually(() -> assertFails("moving.test", server.port(), Outcome.DNS, "name does not exist"));
        }
    }

    @Test
    void otherNameServersAreFollowedWithoutARestart() throws Exception {
        try (RawServer server = on("127.0.0.2")) {
            names.addresses("shop.test", "127.0.0.2");
            resolvConf("nameserver 127.0.0.9\noptions timeout:30 attempts:1\n");
            eventually(() -> assertFails("shop.test", server.port(), Outcome.DNS, "name server cannot be reached"));
            resolvConf("nameserver 127.0.0.1\n");
            eventually(() -> assertUp("shop.test", server.port()));
        }
    }

    @ParameterizedTest(name = "{0}, where {1} listens")
    @CsvSource({
        "localhost, 127.0.0.1, ''",
        "localhost, ::1, ''",
        "localhost, 127.0.0.1, 127.0.0.1 localhost",
        "localhost, ::1, 127.0.0.1 localhost",
        "localhost, 127.0.0.1, ::1 localhost",
        "app.localhost, ::1, ''",
    })
    void localhostIsUpWhereOneFamilyListens(String host, String listens, String hosts) throws Exception {
        try (RawServer server = on(listens)) {
            hosts(hosts);
            assertUp(host, server.port());
        }
    }

    @Test
    void allAddressesOfAHostsFileAreDialled() throws Exception {
        try (RawServer server = on("127.0.0.4")) {
            hosts("127.0.0.2 shop.test\n127.0.0.3 shop.test\n127.0.0.4 shop.test\n");
            eventually(() -> assertUp("shop.test", server.port()));
        }
    }

    @Test
    void theLastOfManyAddressesIsDialled() throws Exception {
        String[] many = new String[30];
        for (int i = 0; i < many.length; i++) {
            many[i] = "127.0.0." + (11 + i);
        }
        names.addresses("many.test", many);
        try (RawServer server = on(many[many.length - 1])) {
            assertUp("many.test", server.port());
        }
        assertFails("many.test", FreePorts.one(), Outcome.CONNECT, "connection refused");
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, ::1", "::1, 127.0.0.1", "127.0.0.2, 127.0.0.1"})
    void anAddressThatIsSilentDoesNotHoldUpTheOthers(String silent, String alive) throws Exception {
        names.addresses("half.test", silent, alive);
        try (RawServer server = on(alive);
                DeafListener deaf = new DeafListener(silent, server.port())) {
            assertUp("half.test", deaf.port());
        }
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, ::1", "::1, 127.0.0.1"})
    void aFamilyThatIsRefusedDoesNotEndTheCheck(String refused, String alive) throws Exception {
        names.addresses("half.test", refused, alive);
        try (RawServer server = on(alive)) {
            assertUp("half.test", server.port());
        }
    }

    @ParameterizedTest
    @CsvSource({"A, 127.0.0.1, AAAA", "AAAA, ::1, A"})
    void aFamilyThatTheNameServerKeepsToItselfIsNotWaitedFor(String type, String address, String silent)
            throws Exception {
        names.set(type, "half.test", Reply.of(address));
        names.set(silent, "half.test", Reply.SILENCE);
        try (RawServer server = on(address)) {
            CheckResult result = probe("half.test", server.port(), 20_000);
            assertThat(result.outcome()).as(result.error()).isEqualTo(Outcome.UP);
        }
    }

    @Test
    void aSearchDomainIsAsOfTheSystem() throws Exception {
        names.addresses("shop.app.svc.cluster.local", "127.0.0.1");
        names.addresses("shop.app", "127.0.0.9");
        resolvConf("search svc.cluster.local\nnameserver 127.0.0.1\noptions ndots:5\n");
        try (RawServer server = on("127.0.0.1")) {
            eventually(() -> assertUp("shop.app", server.port()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "3, name does not exist",
        "0, name has no address",
        "2, name server failed",
        "5, name server refused the query",
    })
    void saysWhyANameHasNoAddress(int code, String error) {
        names.set("shop.test", Reply.code(code));
        assertFails("shop.test", 80, Outcome.DNS, error);
    }

    @Test
    void saysThatTheNameServerIsSilent() throws Exception {
        names.set("shop.test", Reply.SILENCE);
        resolvConf("nameserver 127.0.0.1\noptions timeout:1 attempts:1\n");
        eventually(() -> assertFails("shop.test", 80, Outcome.DNS, "name server did not respond"));
    }

    @Test
    void aNameServerThatIsSilentForTheWholeCheckIsNamed() {
        names.set("shop.test", Reply.SILENCE);
        CheckResult result = probe("shop.test", 80, 500);
        assertThat(result.outcome() + " " + result.error()).isEqualTo("dns name server did not respond");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, AAAA, connect connection refused",
        "::1, A, connect connection refused",
        "169.254.169.254, AAAA, denied ",
    })
    void aClearFailureDoesNotWaitForAFamilyThatIsSilent(String address, String silent, String expected)
            throws Exception {
        names.addresses("half.test", address);
        names.set(silent, "half.test", Reply.SILENCE);
        CheckResult result = probe("half.test", FreePorts.one(), 20_000);
        assertThat(result.outcome() + " " + result.error()).startsWith(expected);
    }

    @Test
    void aNameWithAnUnderscoreIsLookedUp() throws Exception {
        names.addresses("my_host.test", "127.0.0.1");
        try (RawServer server = on("127.0.0.1")) {
            assertUp("my_host.test", server.port());
        }
    }

    @Test
    void aMachineWithoutARouteToAnAddressTriesTheOthers() throws Exception {
        assertThat(NetworkNamespace.run(List.of(), NoRouteChild.class, "dual.test", "none.test", "missing.test"))
                .contains(
                        "dual.test up ",
                        "none.test connect no route to host",
                        "missing.test dns name server cannot be reached");
    }

    @Test
    void whereIpv6IsOffATargetOrANameServerOfItCannotBeReached() throws Exception {
        assertThat(NetworkNamespace.withoutIpv6(NoRouteChild.class, "six.test", "dual.test", "missing.test"))
                .contains(
                        "six.test connect no route to host",
                        "dual.test up ",
                        "missing.test dns name server cannot be reached");
    }

    @Test
    void whatIsBeingDialledIsClosedWhenTheCheckEnds() throws Exception {
        assumeTrue(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean, "no count");
        UnixOperatingSystemMXBean system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        names.addresses("deaf.test", "127.0.0.2", "127.0.0.3", "127.0.0.4");
        names.addresses("half.test", "127.0.0.2", "127.0.0.3", "127.0.0.1");
        try (RawServer server = on("127.0.0.1");
                DeafListener two = new DeafListener("127.0.0.2", server.port());
                DeafListener three = new DeafListener("127.0.0.3", two.port());
                DeafListener four = new DeafListener("127.0.0.4", three.port())) {
            assertUp("half.test", server.port());
            long before = system.getOpenFileDescriptorCount();
            List<Future<CheckResult>> results = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                results.add(start("deaf.test", four.port(), 1_500));
                results.add(start("half.test", four.port(), TIMEOUT_MS));
            }
            for (int i = 0; i < results.size(); i += 2) {
                assertThat(Await.await(results.get(i)).error()).isEqualTo("no response within 1500 ms (connecting)");
                assertThat(Await.await(results.get(i + 1)).outcome()).isEqualTo(Outcome.UP);
            }
            eventually(() -> assertThat(system.getOpenFileDescriptorCount()).isLessThan(before + 20));
        }
    }

    private Future<CheckResult> start(String host, int port, int timeout) {
        Promise<CheckResult> result = Promise.promise();
        context.runOnContext(
                run -> prober.probe(Services.of("http://" + host + ":" + port + "/", Map.of("timeout", timeout)))
                        .onComplete(result));
        return result.future();
    }
}
