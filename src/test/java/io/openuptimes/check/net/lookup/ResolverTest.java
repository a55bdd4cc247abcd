package io.openuptimes.check.net.lookup;

import static io.openuptimes.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.openuptimes.check.net.lookup.LookupException.Reason;
import io.openuptimes.testing.Await;
import io.openuptimes.testing.NameServer;
import io.openuptimes.testing.NameServer.Reply;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names are resolved according to the system's files, with a test name server. */
@Timeout(120)
class ResolverTest {

    /** Longer than a test waits: a lookup that ends in time has not waited for a silent server. */
    private static final String LONG = "options timeout:30 attempts:1\n";

    /** For silent servers; leaves others several attempts on a busy machine. */
    private static final String SHORT = "options timeout:1 attempts:3\n";

    @TempDir
    private Path directory;

    private NameServer server;
    private Vertx vertx;
    private Context context;
    private @Nullable SystemNames names;
    private @Nullable Resolver resolver;

    @BeforeEach
    void start() throws Exception {
        server = new NameServer();
        vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    }

    @AfterEach
    void close() throws Exception {
        Await.await(vertx.close());
        server.close();
    }

    private void resolvConf(String text) throws IOException {
        Files.writeString(directory.resolve("resolv.conf"), text);
    }

    private Resolver resolver() {
        if (resolver == null) {
            NameFiles files =
                    new NameFiles(directory.resolve("hosts"), directory.resolve("resolv.conf"), server.port());
            resolver = resolver(files, List.of());
        }
        return resolver;
    }

    private Resolver resolver(NameFiles files, List<InetSocketAddress> servers) {
        names = new SystemNames(vertx, files, servers);
        VertxInternal internal = (VertxInternal) vertx;
        context = vertx.getOrCreateContext();
        EventLoop loop = ((ContextInternal) context).nettyEventLoop();
        return new Resolver(loop, names, () -> internal.transport().datagramChannel(), () -> internal.transport()
                .channelFactory(false)
                .newChannel());
    }

    /** The outcome of a lookup. */
    private static final class Found implements Resolver.Listener {

        private final List<String> addresses = new ArrayList<>();
        private final CompletableFuture<List<String>> first = new CompletableFuture<>();
        private final CompletableFuture<List<String>> all = new CompletableFuture<>();

        @Override
        public void found(List<InetAddress> more, boolean last) {
            more.forEach(address -> addresses.add(address.getHostAddress()));
            first.complete(List.copyOf(addresses));
            if (last) {
                all.complete(List.copyOf(addresses));
            }
        }

        @Override
        public void failed(Throwable cause) {
            first.completeExceptionally(cause);
            all.completeExceptionally(cause);
        }

        List<String> first() throws Exception {
            return first.get(20, TimeUnit.SECONDS);
        }

        List<String> all() throws Exception {
            return all.get(20, TimeUnit.SECONDS);
        }

        Reason reason() throws Exception {
            Throwable failure = all.handle((found, cause) -> cause).get(20, TimeUnit.SECONDS);
            assertThat(failure).isInstanceOf(LookupException.class);
            return ((LookupException) failure).reason();
        }
    }

    private Found find(String name) {
        Found found = new Found();
        Resolver used = resolver();
        context.runOnContext(run -> used.resolve(name, found));
        return found;
    }

    @Test
    void findsTheAddressesOfBothFamilies() throws Exception {
        resolvConf("nameserver 127.0.0.1\n");
        server.addresses("shop.test", "127.0.0.1", "127.0.0.2", "::1");
        assertThat(find("shop.test").all()).containsExactlyInAnyOrder("127.0.0.1", "127.0.0.2", "0:0:0:0:0:0:0:1");
        assertThat(find("SHOP.test").all()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"_dmarc.my_host.test", "a-.test", "xn--bcher-kva.test", "1.2.3.test", "0x7f.1"})
    void looksUpWhateverTheDnsCanHold(String name) throws Exception {
        resolvConf("nameserver 127.0.0.1\n");
        server.addresses(name, "127.0.0.1");
        assertThat(find(name).all()).containsExactly("127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, NO_ADDRESS",
        "3, 3, NO_SUCH_NAME",
        "3, 0, NO_ADDRESS",
        "2, 2, SERVER_FAILED",
        "2, 0, SERVER_FAILED",
        "5, 5, SERVER_REFUSED",
        "4, 4, SERVER_FAILED",
        "-1, -1, SERVER_SILENT",
        "0, -1, SERVER_SILENT",
    })
    void tellsANameWithoutAddressesFromAServerThatDoesNotSay(int a, int aaaa, Reason reason) throws Exception {
        resolvConf("nameserver 127.0.0.1\n" + (a < 0 || aaaa < 0 ? SHORT : LONG));
        server.set("A", "shop.test", Reply.code(a));
        server.set("AAAA", "shop.test", Reply.code(aaaa));
        assertThat(find("shop.test").reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a..test", ".test", "a.0123456789012345678901234567890123456789012345678901234567890123.test"})
    void whatNoNameCanBeDoesNotExist(String name) throws Exception {
        resolvConf("nameserver 127.0.0.1\n");
        assertThat(find(name).reason()).isEqualTo(Reason.NO_SUCH_NAME);
    }

    @Test
    void hearsAtOnceThatNoServerListens() throws Exception {
        resolvConf("nameserver 127.0.0.2\n" + LONG);
        assertThat(find("shop.test").reason()).isEqualTo(Reason.SERVER_UNREACHABLE);
        assertThat(Reason.SERVER_UNREACHABLE.ofResolver()).isTrue();
    }

    @Test
    void asksTheNextServerWhereOneDoesNotListenOrFails() throws Exception {
        resolvConf("nameserver 127.0.0.2\nnameserver 127.0.0.1\n" + LONG);
        server.addresses("shop.test", "127.0.0.1");
        assertThat(find("shop.test").all()).containsExactly("127.0.0.1");
    }

    @Test
    void asksTheNextServerWhereOneIsSilent() throws Exception {
        try (NameServer silent = new NameServer()) {
            silent.set("shop.test", Reply.SILENCE);
            server.addresses("shop.test", "127.0.0.1");
            resolvConf(SHORT);
            resolver = resolver(
                    new NameFiles(directory.resolve("hosts"), directory.resolve("resolv.conf"), 53),
                    List.of(silent.address(), server.address()));
            assertThat(find("shop.test").all()).containsExactly("127.0.0.1");
            assertThat(silent.questions()).contains("A shop.test");
        }
    }

    @ParameterizedTest
    @CsvSource({"A, 127.0.0.1, AAAA", "AAAA, 0:0:0:0:0:0:0:1, A"})
    void oneFamilyDoesNotWaitForTheOther(String family, String address, String silent) throws Exception {
        resolvConf("nameserver 127.0.0.1\n" + LONG);
        server.set(family, "shop.test", Reply.of(address));
        server.set(silent, "shop.test", Reply.SILENCE);
        Found found = find("shop.test");
        assertThat(found.first()).containsExactly(address);
        assertThat(found.all).isNotDone();
        eventually(() -> assertThat(server.questions()).hasSize(2)); // the silent one may be read after the answer
        assertThat(find("shop.test").first()).as("of one that joins").containsExactly(address);
        assertThat(server.questions()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"A, 127.0.0.1, AAAA", "AAAA, 0:0:0:0:0:0:0:1, A"})
    void oneFamilyIsUsedWhereTheOtherFails(String family, String address, String failing) throws Exception {
        resolvConf("nameserver 127.0.0.1\n" + SHORT);
        server.set(family, "shop.test", Reply.of(address));
        for (Reply reply : List.of(Reply.code(NameServer.SERVFAIL), Reply.code(NameServer.REFUSED), Reply.SILENCE)) {
            server.set(failing, "shop.test", reply);
            assertThat(find("shop.test").all()).containsExactly(address);
        }
    }

    @Test
    void asksOverTcpWhatDoesNotFitIntoADatagram() throws Exception {
        resolvConf("nameserver 127.0.0.1\n");
        String[] many = new String[200];
        for (int i = 0; i < many.length; i++) {
            many[i] = "127.0.1." + i;
        }
        server.set("A", "many.test", Reply.of(many).truncated());
        server.set("AAAA", "many.test", Reply.of());
        assertThat(find("many.test").all()).containsExactly(many);
        assertThat(server.questions()).contains("TCP A many.test");
    }

    @Test
    void keepsAnAnswerForItsTtlAndNoFailure() throws Exception {
        resolvConf("nameserver 127.0.0.1\n");
        server.set("A", "kept.test", Reply.of("127.0.0.1").withTtl(300));
        server.set("AAAA", "kept.test", Reply.of("::1").withTtl(300));
        server.addresses("not-kept.test", "127.0.0.1");
        for (int i = 0; i < 3; i++) {
            find("kept.test").all();
            find("not-kept.test").all();
            find("missing.test").reason();
        }
        assertThat(server.questions().stream().filter("A kept.test"::equals)).hasSize(1);
        assertThat(server.questions().stream().filter("A not-kept.test"::equals))
                .hasSize(3);
        assertThat(server.questions().stream().filter("A missing.test"::equals)).hasSize(3);
    }

    @Test
    void lookupsOfOneNameAtTheSameTimeAreOne() throws Exception {
        resolvConf("nameserver 127.0.0.1\n");
        server.addresses("shop.test", "127.0.0.1");
        Resolver used = resolver();
        List<Found> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            all.add(new Found());
        }
        context.runOnContext(run -> all.forEach(found -> used.resolve("shop.test", found)));
        for (Found found : all) {
            assertThat(found.all()).containsExactly("127.0.0.1");
        }
        assertThat(server.asked()).isEqualTo(1);
    }

    @Test
    void manyNamesAtTheSameTimeAreAllFound() throws Exception {
        resolvConf("nameserver 127.0.0.1\n");
        List<Found> all = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            server.addresses("shop" + i + ".test", "127.0.1." + i);
            all.add(find("shop" + i + ".test"));
        }
        for (int i = 0; i < 150; i++) {
            assertThat(all.get(i).all()).containsExactly("127.0.1." + i);
        }
    }

    @Test
    void searchesDomainsForNamesWithFewDots() throws Exception {
        resolvConf("search app.svc.cluster.local svc.cluster.local\nnameserver 127.0.0.1\noptions ndots:5\n");
        server.addresses("shop.app.svc.cluster.local", "127.0.0.1");
        server.addresses("shop.app", "127.0.0.9");
        assertThat(find("shop.app").all()).containsExactly("127.0.0.1");
        assertThat(server.questions()).doesNotContain("A shop.app", "AAAA shop.app");
        assertThat(find("shop.app.").all()).containsExactly("127.0.0.9");
    }

    @Test
    void aNameThatIsTooLongWithItsSearchDomainIsNotAsked() throws Exception {
        String name = ("a".repeat(60) + ".").repeat(4) + "test"; // 248 characters
        resolvConf("search search.test\nnameserver 127.0.0.1\noptions ndots:9\n");
        server.set(name + ".search.test", Reply.code(1));
        assertThat(find(name).reason()).isEqualTo(Reason.NO_SUCH_NAME);
        assertThat(server.questions()).containsExactlyInAnyOrder("A " + name, "AAAA " + name);
        assertThat(find("a".repeat(9) + "." + name).reason()).isEqualTo(Reason.NO_SUCH_NAME);
        assertThat(server.questions()).hasSize(2);
    }

    @Test
    void goesOnInTheSearchListAfterAFailureOfTheServer() throws Exception {
        resolvConf("search a.test b.test\nnameserver 127.0.0.1\n" + LONG);
        server.set("shop.a.test", Reply.code(NameServer.SERVFAIL));
        server.addresses("shop.b.test", "127.0.0.1");
        assertThat(find("shop").all()).containsExactly("127.0.0.1");
    }

    @Test
    void serversOfOnesOwnReplaceThoseOfTheSystem() throws Exception {
        resolvConf("search a.test\nnameserver 127.0.0.2\n");
        server.addresses("shop.a.test", "127.0.0.1");
        resolver = resolver(
                new NameFiles(directory.resolve("hosts"), directory.resolve("resolv.conf"), 53),
                List.of(server.address()));
        assertThat(find("shop").all()).containsExactly("127.0.0.1");
    }

    @Test
    void aChangeOfResolvConfIsSeenAndEndsWhatWasKept() throws Exception {
        resolvConf("search a.test\nnameserver 127.0.0.1\n");
        server.set("A", "shop.a.test", Reply.of("127.0.0.1").withTtl(3_600));
        server.set("A", "shop.b.test", Reply.of("127.0.0.2").withTtl(3_600));
        assertThat(find("shop").all()).containsExactly("127.0.0.1");
        resolvConf("search b.test\nnameserver 127.0.0.1\n");
        eventually(() -> assertThat(find("shop").all()).containsExactly("127.0.0.2"));
        Files.delete(directory.resolve("resolv.conf"));
        eventually(() -> assertThat(names.current().resolv().search()).isEmpty());
    }

    @Test
    void aHostsFileThatIsReplacedIsSeen() throws Exception {
        Path hosts = directory.resolve("hosts");
        resolvConf("nameserver 127.0.0.1\n");
        assertThat(find("shop.test").reason()).isEqualTo(Reason.NO_SUCH_NAME);
        Files.writeString(hosts, "127.0.0.2 other.test Shop.Test # a comment\n127.0.0.3 shop.test\n::1 shop.test\n");
        eventually(() -> assertThat(find("shop.test").all())
                .containsExactlyInAnyOrder("127.0.0.2", "127.0.0.3", "0:0:0:0:0:0:0:1"));
        Path next = Files.writeString(directory.resolve("next"), "127.0.0.4 shop.test\n");
        Files.move(next, hosts, StandardCopyOption.ATOMIC_MOVE);
        eventually(() -> assertThat(find("shop.test").all()).containsExactly("127.0.0.4"));
        Files.delete(hosts);
        eventually(() -> assertThat(find("shop.test").reason()).isEqualTo(Reason.NO_SUCH_NAME));
    }

    @ParameterizedTest
    @CsvSource({
        "'', localhost, '0:0:0:0:0:0:0:1 127.0.0.1'",
        "'', localhost., '0:0:0:0:0:0:0:1 127.0.0.1'",
        "'', app.localhost, '0:0:0:0:0:0:0:1 127.0.0.1'",
        "'127.0.0.1 localhost', localhost, '127.0.0.1 0:0:0:0:0:0:0:1'",
        "'127.0.0.5 localhost', LocalHost, '127.0.0.5 0:0:0:0:0:0:0:1'",
        "'::1 localhost', localhost, '0:0:0:0:0:0:0:1 127.0.0.1'",
    })
    void localhostIsThisMachineInBothFamiliesAndAskedOfNobody(String hosts, String name, String addresses)
            throws Exception {
        Files.writeString(directory.resolve("hosts"), hosts);
        resolvConf("nameserver 127.0.0.1\n");
        assertThat(String.join(" ", find(name).all())).isEqualTo(addresses);
        assertThat(server.questions()).isEmpty();
        assertThat(find("notlocalhost").reason()).isEqualTo(Reason.NO_SUCH_NAME);
    }

    @Test
    void theHostsFileWinsOverNameServers() throws Exception {
        Files.writeString(directory.resolve("hosts"), "127.0.0.7 shop.test\n");
        resolvConf("nameserver 127.0.0.1\n");
        server.addresses("shop.test", "127.0.0.1", "::1");
        assertThat(find("shop.test").all()).containsExactly("127.0.0.7");
    }

    @Test
    void warmingUpAsksNobody() throws Exception {
        resolvConf("nameserver 127.0.0.1\n");
        Resolver used = resolver();
        Await.await(context, () -> {
            used.warmUp();
            return true;
        });
        server.addresses("shop.test", "127.0.0.1");
        assertThat(find("shop.test").all()).containsExactly("127.0.0.1");
        assertThat(server.asked()).isEqualTo(1);
    }

    @Test
    void closingEndsWhatIsUnderWay() throws Exception {
        resolvConf("nameserver 127.0.0.1\n" + LONG);
        server.set("shop.test", Reply.SILENCE);
        Found found = find("shop.test");
        eventually(() -> assertThat(server.questions()).hasSize(2));
        Resolver used = resolver();
        context.runOnContext(run -> used.close());
        assertThat(found.reason().ofResolver()).isTrue();
    }
}
