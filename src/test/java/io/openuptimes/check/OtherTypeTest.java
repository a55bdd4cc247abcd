package io.openuptimes.check;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.openuptimes.App;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.CheckMessage;
import io.openuptimes.bus.CheckMessage.CheckNow;
import io.openuptimes.bus.CheckMessage.GetScheduleState;
import io.openuptimes.bus.CheckMessage.TryService;
import io.openuptimes.bus.EventId;
import io.openuptimes.bus.Message;
import io.openuptimes.bus.NodeMessage;
import io.openuptimes.bus.NodeMessage.Gained;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.All;
import io.openuptimes.check.net.Network;
import io.openuptimes.check.type.Probers;
import io.openuptimes.check.type.http.HttpType;
import io.openuptimes.check.type.line.LineSpec;
import io.openuptimes.check.type.line.LineType;
import io.openuptimes.config.Settings;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.CheckSpec;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Partition;
import io.openuptimes.model.Policy;
import io.openuptimes.model.Service;
import io.openuptimes.model.UnknownSpec;
import io.openuptimes.runtime.SteadyClock;
import io.openuptimes.runtime.egress.EgressPolicy;
import io.openuptimes.runtime.egress.OwnServers;
import io.openuptimes.testing.Certificates;
import io.openuptimes.testing.FreePorts;
import io.openuptimes.testing.NameServer;
import io.openuptimes.testing.NameServer.Reply;
import io.openuptimes.testing.RawServer;
import io.openuptimes.testing.Services;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A check type that is not HTTP, beside HTTP, from the schedule to the store, with real servers. */
@Timeout(180)
class OtherTypeTest {

    private static final String DENIED = "127.0.0.99";

    @TempDir
    private static Path directory;

    private static Certificates certificates;

    private final Vertx vertx = App.vertx();
    private final Bus bus = Bus.of(vertx);
    private final Queue<CheckResult> recorded = new ConcurrentLinkedQueue<>();
    /** Number of further connections that block the event loop. */
    private final AtomicInteger blocked = new AtomicInteger();

    private NameServer names;
    private Network network;

    @BeforeAll
    static void issue() {
        certificates = Certificates.in(directory)
                .signed("localhost", "dns:localhost,ip:127.0.0.1")
                .signed("other", "dns:other.example");
    }

    @BeforeEach
    void start() throws Exception {
        names = new NameServer();
        Settings.Checks settings = new Settings.Checks(
                60,
                1,
                2000,
                20,
                certificates.pem("ca").toString(),
                0,
                List.of(names.address()),
                Map.of(),
                Policy.PLAIN);
        EgressPolicy egress = new EgressPolicy(List.of(DENIED), List.of(), true, new OwnServers());
        network = new Network(vertx, settings, egress, Clock.systemUTC());
        Probers probers = new Probers(List.of(new HttpType(), new LineType(this::block)), network);
        await(vertx.deployVerticle(
                new CheckVerticle(settings, null, probers, SteadyClock.system(), new SimpleMeterRegistry())));
    }

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
        names.close();
    }

    private void block() {
        if (blocked.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            try {
                Thread.sleep(1_500);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Service service(String url, CheckSpec spec, Map<String, ?> fields) {
        return Services.with(Services.of("http://localhost/", fields), Map.of("url", url, "spec", spec));
    }

    private CheckResult check(String url) {
        return check(url, Map.of());
    }

    private CheckResult check(String url, Map<String, ?> fields) {
        return check(url, LineSpec.of(1), fields);
    }

    private CheckResult check(String url, LineSpec spec, Map<String, ?> fields) {
        return check(service(url, spec, fields));
    }

    private CheckResult check(Service service) {
        return await(bus.request(CheckMessage.TRY_SERVICE, new TryService(service)))
                .result();
    }

    private void assertFails(CheckResult result, Outcome outcome, String error) {
        assertThat(result.outcome() + " " + result.error()).isEqualTo(outcome + " " + error);
    }

    /** Greets with two lines. */
    private int server(NetServerOptions options) {
        NetServer server = vertx.createNetServer(options.setHost("127.0.0.1").setPort(0))
                .connectHandler(socket -> socket.write("220-hello\r\n220 ready\r\n"));
        return await(server.listen()).actualPort();
    }

    private int secured(String certificate) {
        return server(new NetServerOptions()
                .setSsl(true)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addCertPath(certificates.pem(certificate).toString())
                        .addKeyPath(certificates.key(certificate).toString())));
    }

    @Test
    void isScheduledRecordedAndCheckedOnRequest() throws Exception {
        int port = server(new NetServerOptions());
        Service line = service("line://localhost:" + port, LineSpec.of(2), Map.of("interval", 1));
        names.addresses("localhost", "127.0.0.1");
        await(bus.serve(
                StoreMessage.LOAD_ALL,
                load -> Future.succeededFuture(new All(List.of(line), List.of(), new EventId(0, 0)))));
        await(bus.serve(StoreMessage.RECORD_ALL, message -> {
            message.verdicts().forEach(verdict -> recorded.add(verdict.result()));
            return Future.succeededFuture(Message.DONE);
        }));
        await(bus.serve(StoreMessage.RECORD, message -> Future.succeededFuture(Message.DONE)));
        eventually(() -> assertThat(await(bus.request(CheckMessage.SCHEDULE_STATE, new GetScheduleState()))
                        .loaded())
                .isTrue());
        await(bus.request(
                NodeMessage.GAINED,
                new Gained(IntStream.range(0, Partition.COUNT).boxed().toList(), Map.of())));

        eventually(() -> assertThat(recorded).hasSizeGreaterThanOrEqualTo(2));
        assertThat(recorded).extracting(CheckResult::outcome).containsOnly(Outcome.UP);
        CheckResult now = await(bus.request(CheckMessage.CHECK_NOW, new CheckNow(List.of(line.id()))))
                .checks()
                .get(0)
                .result();
        assertThat(now.outcome()).isEqualTo(Outcome.UP);
        assertThat(now.statusCode()).isZero();
        assertThat(now.peer().address()).isEqualTo("127.0.0.1:" + port);
        assertThat(now.peer().protocol()).isEqualTo("line");
    }

    @Test
    void bothTypesAreCheckedSideBySide() throws Exception {
        try (RawServer http = RawServer.answering("HTTP/1.1 204 None\r\n\r\n")) {
            assertFails(check(Services.of(http.url())), Outcome.STATUS, "expected 200, got 204");
        }
        assertThat(check("LINE://127.0.0.1:" + server(new NetServerOptions())).outcome())
                .isEqualTo(Outcome.UP);
    }

    @Test
    void tlsIsVerifiedAndOffersNoProtocolOfAnotherType() {
        CheckResult up = check("lines://127.0.0.1:" + secured("localhost"));
        assertThat(up.outcome()).as(up.error()).isEqualTo(Outcome.UP);
        assertThat(up.peer().tlsVersion()).isEqualTo("TLSv1.3");
        assertThat(up.peer().certificate()).isNotNull();

        int wrong = secured("other");
        CheckResult refused = check("lines://127.0.0.1:" + wrong);
        assertThat(refused.outcome()).isEqualTo(Outcome.TLS);
        assertThat(refused.error()).contains("certificate");
        assertThat(refused.peer().certificate()).isNotNull();
        assertThat(check("lines://127.0.0.1:" + wrong, new LineSpec(1, true, null, null), Map.of())
                        .outcome())
                .isEqualTo(Outcome.UP);
    }

    @Test
    void aServerWithoutTlsFailsTheHandshake() {
        CheckResult result = check("lines://127.0.0.1:" + server(new NetServerOptions()));
        assertThat(result.outcome()).isEqualTo(Outcome.TLS);
    }

    @Test
    void itsOwnFieldSetsTheNumberOfLinesToRead() {
        CheckResult late =
                check("line://127.0.0.1:" + server(new NetServerOptions()), LineSpec.of(3), Map.of("timeout", 1_000));
        assertFails(late, Outcome.TIMEOUT, "no response within 1000 ms (reading the response)");
    }

    @Test
    void aSilentServerTimesOut() throws Exception {
        try (RawServer silent = RawServer.of(conversation -> {})) {
            CheckResult late = check("line://127.0.0.1:" + silent.port(), Map.of("timeout", 1_000));
            assertFails(late, Outcome.TIMEOUT, "no response within 1000 ms (waiting for the response)");
            silent.next().awaitClosedByPeer();
        }
    }

    @Test
    void aServerThatHangsUpIsDown() throws Exception {
        try (RawServer rude = RawServer.of(RawServer.Conversation::close)) {
            assertFails(
                    check("line://127.0.0.1:" + rude.port()), Outcome.PROTOCOL, "connection closed within the banner");
        }
    }

    @Test
    void aClosedPortIsRefused() throws Exception {
        assertFails(check("line://127.0.0.1:" + FreePorts.one()), Outcome.CONNECT, "connection refused");
    }

    @Test
    void aHostNameThatDoesNotExistIsADnsFailure() {
        names.set("gone.test", Reply.code(NameServer.NXDOMAIN));
        assertFails(check("line://gone.test:25"), Outcome.DNS, "name does not exist");
    }

    @ParameterizedTest
    @ValueSource(strings = {DENIED, "denied.test"})
    void theEgressPolicyIsAppliedToItsAddresses(String host) {
        names.addresses("denied.test", DENIED);
        CheckResult result = check("line://" + host + ":25");
        assertFails(result, Outcome.DENIED, Outcome.DENIED_TEXT);
        assertThat(result.deniedBy()).isEqualTo("egress.deny " + DENIED);
    }

    @Test
    void aCheckIsRepeatedAfterASuspensionOfTheProcess() {
        int port = server(new NetServerOptions());
        blocked.set(1);
        CheckResult result = check("line://127.0.0.1:" + port, Map.of("timeout", 1_000));
        assertThat(result.outcome()).as(result.error()).isEqualTo(Outcome.UP);
        assertThat(network.repeated()).isEqualTo(1);
    }

    @Test
    void anUnknownTypeIsNotChecked() {
        Service unknown = service("gopher://127.0.0.1:70/", new UnknownSpec("gopher"), Map.of());
        assertThatThrownBy(() -> check(unknown)).hasMessageContaining("This node does not support checks of this type");
    }
}
