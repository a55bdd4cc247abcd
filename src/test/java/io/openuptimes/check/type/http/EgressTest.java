package io.openuptimes.check.type.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.config.Settings;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Policy;
import io.openuptimes.runtime.egress.EgressPolicy;
import io.openuptimes.runtime.egress.OwnServers;
import io.openuptimes.testing.Await;
import io.openuptimes.testing.FreePorts;
import io.openuptimes.testing.JudgedProber;
import io.openuptimes.testing.NameServer;
import io.openuptimes.testing.Probes;
import io.openuptimes.testing.RawServer;
import io.openuptimes.testing.Services;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Denied addresses among those of a name, with DNS rebinding, and behind redirects. */
@Timeout(120)
class EgressTest {

    private static final String DENIED = "127.0.0.99";
    private static final String OTHER_DENIED = "127.0.0.98";
    private static final String PERMITTED = "127.0.0.1";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    private RawServer denied;
    private NameServer names;
    private Vertx vertx;
    private JudgedProber prober;
    private volatile List<List<String>> answers = List.of();

    @BeforeEach
    void start() throws Exception {
        denied = RawServer.on(DENIED, conversation -> conversation.send(OK));
        names = new NameServer(number -> answers.get(Math.min(number, answers.size() - 1)));
        vertx = Vertx.vertx();
        prober = new JudgedProber(
                vertx,
                new Settings.Checks(60, 1, 2000, 20, null, 0, List.of(names.address()), Map.of(), Policy.PLAIN),
                new EgressPolicy(List.of(OTHER_DENIED, DENIED), List.of(), true, new OwnServers()),
                Clock.systemUTC());
    }

    @AfterEach
    void close() throws Exception {
        Await.await(prober.close().eventually(vertx::close));
        names.close();
        denied.close();
    }

    private CheckResult probe(String host, int port) {
        return Probes.await(vertx.getOrCreateContext(), prober, Services.of("http://" + host + ":" + port + "/"));
    }

    private void assertDenied(CheckResult result, String rule) {
        assertThat(result.outcome()).as(result.error()).isEqualTo(Outcome.DENIED);
        assertThat(result.error()).isEqualTo("denied by egress policy");
        assertThat(result.deniedBy()).isEqualTo(rule);
        assertThat(denied.connections()).isZero();
    }

    @Test
    void theAddressThatWasJudgedIsTheOneThatIsDialled() throws Exception {
        answers = List.of(List.of(PERMITTED), List.of(DENIED));
        try (RawServer permitted = RawServer.answering(OK)) {
            // each connection resolves the name once: a second answer affects only the next check
            assertThat(probe("rebind.test", permitted.port()).outcome()).isEqualTo(Outcome.UP);
            assertThat(names.asked()).isEqualTo(1);

            assertDenied(probe("rebind.test", denied.port()), "egress.deny " + DENIED);
            assertThat(names.asked()).isEqualTo(2);
        }
    }

    @Test
    void deniedAddressesOfANameAreSkipped() throws Exception {
        answers = List.of(List.of(DENIED, PERMITTED, OTHER_DENIED));
        int closed = FreePorts.one();
        try (RawServer permitted = RawServer.answering(OK)) {
            assertThat(probe("both.test", permitted.port()).outcome()).isEqualTo(Outcome.UP);
        }
        CheckResult refused = probe("both.test", closed);
        assertThat(refused.outcome()).as("one that is permitted has been tried").isEqualTo(Outcome.CONNECT);
        assertThat(probe("both.test", denied.port()).outcome()).isEqualTo(Outcome.CONNECT);
        assertThat(denied.connections()).isZero();
    }

    @Test
    void aPermittedAddressIsFoundBehindManyDeniedOnes() throws Exception {
        answers = List.of(List.of(DENIED, OTHER_DENIED, DENIED, OTHER_DENIED, DENIED, PERMITTED));
        try (RawServer permitted = RawServer.answering(OK)) {
            assertThat(probe("many.test", permitted.port()).outcome()).isEqualTo(Outcome.UP);
        }
    }

    @Test
    void aNameOfDeniedAddressesAloneIsDeniedByTheRuleOfTheFirst() {
        answers = List.of(List.of(OTHER_DENIED, DENIED));
        assertDenied(probe("all.test", denied.port()), "egress.deny " + OTHER_DENIED);
    }

    @Test
    void eachRedirectIsJudgedAgain() throws Exception {
        answers = List.of(List.of(DENIED));
        for (String host : List.of(DENIED, "hop.test", "2130706531", "0177.99", "127.0.0.99.", "[::ffff:7f00:63]")) {
            try (RawServer server = RawServer.answering("HTTP/1.1 302 Found\r\nLocation: http://" + host + ":"
                    + denied.port() + "/\r\nContent-Length: 0\r\n\r\n")) {
                CheckResult result = probe(PERMITTED, server.port());
                assertDenied(result, "egress.deny " + DENIED);
                assertThat(result.statusCode()).isEqualTo(302);
            }
        }
    }

    /** 127.0.0.99 in other notations, and a similar name. */
    @ParameterizedTest
    @ValueSource(strings = {"0x7f.0x63", "0x7f000063", "0177.0.0.0x63", "127.99.test"})
    void anotherSpellingOfAnAddressIsJudgedByWhatItResolvesTo(String host) {
        answers = List.of(List.of(DENIED));
        assertDenied(probe(host, denied.port()), "egress.deny " + DENIED);
    }
}
