package io.openuptimes.check.egress;

import static io.openuptimes.testing.Await.await;
import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.App;
import io.openuptimes.check.net.Network;
import io.openuptimes.check.net.OwnFault;
import io.openuptimes.check.type.Observation;
import io.openuptimes.check.type.Probers;
import io.openuptimes.config.InvalidSettingsException;
import io.openuptimes.config.Settings;
import io.openuptimes.config.SettingsReader;
import io.openuptimes.model.NodeEgress;
import io.openuptimes.model.NodeOutage;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Phases;
import io.openuptimes.runtime.egress.EgressPolicy;
import io.openuptimes.runtime.egress.OwnServers;
import io.openuptimes.testing.Certificates;
import io.openuptimes.testing.DeafListener;
import io.openuptimes.testing.FreePorts;
import io.openuptimes.testing.NameServer;
import io.openuptimes.testing.NameServer.Reply;
import io.openuptimes.testing.Services;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Failed attempts, with reference targets and name servers on the loopback that answer, refuse or keep silent. */
@Timeout(180)
class OwnNetworkTest {

    private static final String NOT_REACHED = "this node did not reach its reference target";
    private static final String NO_NAME_SERVER = "no name server of this node answered";
    private static final String ROOT = "";

    private final Vertx vertx = App.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final List<NodeOutage> outages = new CopyOnWriteArrayList<>();
    private NameServer names;
    private Probers probers;
    private OwnNetwork own;

    @BeforeEach
    void start() throws Exception {
        names = new NameServer();
    }

    @AfterEach
    void stop() throws Exception {
        own.stop();
        await(probers.close());
        await(vertx.close());
        names.close();
    }

    /** The node's policy denies private addresses, which must not concern the targets. */
    private void targets(String... urls) throws InvalidSettingsException {
        Settings settings = SettingsReader.read(
                new JsonObject(),
                Map.of(
                        "OPENUPTIMES_NAME_SERVERS",
                        "127.0.0.1:" + names.port(),
                        "OPENUPTIMES_EGRESS_TARGETS",
                        String.join(",", urls)));
        EgressPolicy policy = new EgressPolicy(List.of(), List.of(), false, new OwnServers());
        probers = Probers.standard(new Network(vertx, settings.checks(), policy, Clock.systemUTC()));
        own = new OwnNetwork(vertx, probers, settings.egress().targets(), Clock.systemUTC(), (state, changed) -> {
            if (changed != null) {
                outages.add(changed);
            }
        });
    }

    private static Observation failed(Outcome outcome, OwnFault ownFault) {
        return new Observation(1_000, outcome, "as it was", null, 0, 5, Phases.NONE, null, ownFault);
    }

    private static Observation failed() {
        return failed(Outcome.CONNECT, OwnFault.LINE);
    }

    private Future<Observation> prove(Observation seen) {
        Promise<Observation> proven = Promise.promise();
        loop.runOnContext(run -> own.proven(Future.succeededFuture(seen)).onComplete(proven));
        return proven.future();
    }

    private static String text(Observation seen) {
        return seen.failure() + " " + seen.problem();
    }

    /** A check of a service on an event loop, by its prober. */
    private Observation check(String url) {
        Promise<Observation> checked = Promise.promise();
        loop.runOnContext(run -> own.proven(probers.probe(Services.of(url, Map.of("timeout", 2_000))))
                .onComplete(checked));
        return await(checked.future());
    }

    private void assertStands(Observation seen) {
        assertThat(await(prove(seen))).isSameAs(seen);
    }

    @Test
    void withoutTargetsNothingIsLookedAtAndTheFailureStands() throws Exception {
        targets();

        assertStands(failed());

        assertThat(own.looks()).isZero();
        assertThat(own.state()).isEqualTo(NodeEgress.NONE);
    }

    @Test
    void anAnswerOfOneTargetIsEnough() throws Exception {
        Reference silent = new Reference(vertx);
        Reference answers = new Reference(vertx);
        silent.fallSilent();
        targets(silent.url(), answers.url());

        assertStands(failed());

        assertThat(List.of(silent.asked(), answers.asked())).containsExactly(1, 1);
        assertThat(outages).isEmpty();
    }

    @Test
    void withoutAnAnswerTheResultIsUnknownWithTheTimesOfTheCheck() throws Exception {
        Reference one = new Reference(vertx);
        Reference other = new Reference(vertx);
        one.fallSilent();
        other.fallSilent();
        targets(one.url(), other.url());

        Observation seen = await(prove(failed()));

        assertThat(text(seen)).isEqualTo("egress this node reached none of its 2 reference targets");
        assertThat(List.of(seen.startedAt(), (long) seen.duration())).containsExactly(1_000L, 5L);
        assertThat(own.state().targets()).isEqualTo(2);
        assertThat(own.state().works()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(OwnFault.class)
    void onlyAFailureThatOurNetworkMayAccountForIsLookedInto(OwnFault ownFault) throws Exception {
        names.set(ROOT, Reply.of());
        Reference target = new Reference(vertx);
        targets(target.url());

        assertStands(failed(Outcome.DNS, ownFault));

        assertThat(target.asked()).isEqualTo(ownFault == OwnFault.NONE ? 0 : 1);
    }

    @Test
    void aRefusedConnectionProvesTheLine() throws Exception {
        targets("tcp://127.0.0.1:" + FreePorts.one());

        assertStands(failed());
    }

    @Test
    void aConnectionProvesTheLineForTcpAndNotForHttp() throws Exception {
        Reference target = new Reference(vertx);
        target.fallSilent();
        targets("tcp://127.0.0.1:" + target.port());

        assertStands(failed());
    }

    @Test
    void aPacketWithoutAnAnswerDoesNotProveTheLine() throws Exception {
        try (DeafListener deaf = new DeafListener("127.0.0.1", 0)) {
            targets("tcp://127.0.0.1:" + deaf.port());

            assertThat(text(await(prove(failed())))).isEqualTo("egress " + NOT_REACHED);
        }
    }

    @Test
    void anEndOfTheConnectionWithoutAResponseProvesTheLine() throws Exception {
        targets(new Reference(vertx, NetSocket::close).url());

        assertStands(failed());
    }

    @Test
    void aTargetThatDoesNotSpeakTlsProvesTheLine() throws Exception {
        Reference plain = new Reference(vertx);
        targets("https://127.0.0.1:" + plain.port());

        assertStands(failed());
    }

    @Test
    void aHandshakeProvesTheLineWhateverTheCertificate(@TempDir Path directory) throws Exception {
        Certificates certificates = Certificates.in(directory).signed("other", "dns:other.example");
        NetServer server = await(vertx.createNetServer(new NetServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .addCertPath(certificates.pem("other").toString())
                                .addKeyPath(certificates.key("other").toString())))
                .connectHandler(socket -> {})
                .listen(0, "127.0.0.1"));
        targets("https://127.0.0.1:" + server.actualPort());

        assertStands(failed());
    }

    @Test
    void aTargetThatAcceptsAndKeepsSilentInTheHandshakeDoesNotProveTheLine() throws Exception {
        Reference mute = new Reference(vertx);
        mute.fallSilent();
        targets("https://127.0.0.1:" + mute.port());

        assertThat(text(await(prove(failed())))).isEqualTo("egress " + NOT_REACHED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aHundredFailuresOnSeveralEventLoopsShareTwoLooksAtMost(boolean answers) throws Exception {
        Reference target = new Reference(vertx);
        if (!answers) {
            target.fallSilent();
        }
        targets(target.url());
        List<Context> loops = IntStream.range(0, 4)
                .<Context>mapToObj(i -> ((VertxInternal) vertx).createEventLoopContext())
                .toList();
        AtomicInteger elsewhere = new AtomicInteger();

        List<Future<Observation>> proven = IntStream.range(0, 100)
                .mapToObj(i -> {
                    Context caller = loops.get(i % loops.size());
                    Promise<Observation> one = Promise.promise();
                    caller.runOnContext(
                            run -> own.proven(Future.succeededFuture(failed())).onSuccess(seen -> {
                                if (Vertx.currentContext() != caller) {
                                    elsewhere.incrementAndGet();
                                }
                                one.complete(seen);
                            }));
                    return one.future();
                })
                .toList();
        await(Future.all(proven));

        assertThat(target.asked()).isBetween(1, 2);
        assertThat(proven.stream().map(seen -> seen.result().failure()).distinct())
                .containsExactly(answers ? Outcome.CONNECT : Outcome.EGRESS);
        assertThat(elsewhere).as("results on other event loops").hasValue(0);
    }

    @Test
    void anOutageIsToldOnceAndEndsByItselfWhenTheLineReturns() throws Exception {
        Reference target = new Reference(vertx);
        target.fallSilent();
        targets(target.url());
        for (int i = 0; i < 3; i++) {
            assertThat(await(prove(failed())).failure()).isEqualTo(Outcome.EGRESS);
        }
        assertThat(outages).hasSize(1).allMatch(outage -> outage.reason() == Outcome.EGRESS && outage.lasts());

        target.mend();

        eventually(() -> assertThat(own.state().works()).isTrue());
        assertThat(outages).hasSize(2);
        assertThat(outages.get(1).beganAt()).isEqualTo(outages.get(0).beganAt());
        assertThat(outages.get(1).lasts()).isFalse();
        assertStands(failed());
        int asked = target.asked();
        assertThat(own.looks()).as("no more looks without failures").isEqualTo(asked);
    }

    @Test
    void aNameThatDoesNotExistIsNoFaultOfOurNameServers() throws Exception {
        targets();

        Observation seen = check("http://nothing.test/");

        assertThat(text(seen)).isEqualTo("dns name does not exist");
        assertThat(own.looks()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, NameServer.SERVFAIL, NameServer.NXDOMAIN, NameServer.REFUSED})
    void aSilentNameIsDownIfOurNameServerAnswersAnything(int code) throws Exception {
        names.set("silent.test", Reply.SILENCE);
        names.set(ROOT, Reply.code(code));
        targets();

        Observation seen = check("http://silent.test/");

        assertThat(text(seen)).isEqualTo("dns name server did not respond");
        assertThat(own.looks()).isEqualTo(1);
        assertThat(own.state().works()).isTrue();
    }

    @Test
    void aNameIsUnknownWhileOurNameServerIsSilentAndTheOutageEndsWithItsFirstAnswer() throws Exception {
        names.set("silent.test", Reply.SILENCE);
        names.set(ROOT, Reply.SILENCE);
        targets();

        Observation seen = check("http://silent.test/");

        assertThat(text(seen)).isEqualTo("resolver " + NO_NAME_SERVER);
        assertThat(outages).hasSize(1).allMatch(outage -> outage.reason() == Outcome.RESOLVER && outage.lasts());

        names.set(ROOT, Reply.code(NameServer.REFUSED));

        eventually(() -> assertThat(outages).hasSize(2));
        assertThat(text(check("http://silent.test/"))).isEqualTo("dns name server did not respond");
    }

    @Test
    void aNameServerThatIsNotRunningIsNoAnswer() throws Exception {
        targets();
        names.close();

        assertThat(text(check("http://silent.test/"))).isEqualTo("resolver " + NO_NAME_SERVER);
    }

    @Test
    void aLostLineIsTheReasonIfNoNameServerAnswersEither() throws Exception {
        names.set("silent.test", Reply.SILENCE);
        names.set(ROOT, Reply.SILENCE);
        Reference target = new Reference(vertx);
        target.fallSilent();
        targets(target.url());

        assertThat(text(check("http://silent.test/"))).isEqualTo("egress " + NOT_REACHED);
        assertThat(outages).hasSize(1).allMatch(outage -> outage.reason() == Outcome.EGRESS);
    }

    @Test
    void targetsWhoseNamesCannotBeLookedUpPointToTheNameServers() throws Exception {
        names.set("reference.test", Reply.SILENCE);
        names.set(ROOT, Reply.SILENCE);
        targets("http://reference.test");

        assertThat(text(await(prove(failed())))).isEqualTo("resolver " + NO_NAME_SERVER);
    }

    @Test
    void targetsWhoseNamesCannotBeLookedUpProveNothingIfTheNameServerAnswers() throws Exception {
        names.set("reference.test", Reply.SILENCE);
        names.set(ROOT, Reply.of());
        targets("http://reference.test");

        assertThat(text(await(prove(failed())))).isEqualTo("egress " + NOT_REACHED);
    }
}
