package io.openuptimes.check.net.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openuptimes.testing.Certificates;
import io.openuptimes.testing.ManualClock;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only valid certificates are remembered. */
class RememberedTrustTest {

    private static KeyStore keys;

    private final ManualClock clock = new ManualClock(System.currentTimeMillis());
    private final Judge judge = new Judge();
    private RememberedTrust trust;
    private long end;

    @BeforeAll
    static void makeCertificates(@TempDir Path directory) throws Exception {
        Certificates certificates = Certificates.in(directory)
                .signed("one", "dns:one.example,dns:two.example,dns:three.example")
                .signed("two", "dns:one.example,dns:two.example,dns:three.example")
                .expired("old", "dns:one.example,dns:two.example,dns:three.example");
        keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(certificates.store())) {
            keys.load(in, Certificates.PASSWORD.toCharArray());
        }
    }

    @BeforeEach
    void forget() {
        trust = trust(10);
    }

    private RememberedTrust trust(int most) {
        TrustAnchors nobody = new TrustAnchors();
        return new RememberedTrust(new ServerTrust(judge, nobody, clock), clock, new SeenCertificates(nobody), most);
    }

    private static X509Certificate[] chain(String alias) throws Exception {
        return Arrays.stream(keys.getCertificateChain(alias))
                .map(X509Certificate.class::cast)
                .toArray(X509Certificate[]::new);
    }

    private int judged(X509Certificate[] chain, String authType, String host) throws Exception {
        int before = judge.asked;
        end = trust.check(chain, authType, SSLContext.getDefault().createSSLEngine(host, 443))
                .end();
        return judge.asked - before;
    }

    @Test
    void judgesTheSameCertificatesOfTheSameHostOnce() throws Exception {
        assertThat(judged(chain("one"), "ECDHE_ECDSA", "one.example")).isEqualTo(1);
        assertThat(judged(chain("one"), "ECDHE_ECDSA", "one.example")).isZero();
        assertThat(end).isEqualTo(chain("one")[0].getNotAfter().toInstant().toEpochMilli());
    }

    @Test
    void judgesAnythingElseAnew() throws Exception {
        judged(chain("one"), "ECDHE_ECDSA", "one.example");
        assertThat(judged(chain("two"), "ECDHE_ECDSA", "one.example")).isEqualTo(1);
        assertThat(judged(chain("one"), "ECDHE_ECDSA", "two.example")).isEqualTo(1);
        assertThat(judged(chain("one"), "ECDHE_RSA", "one.example")).isEqualTo(1);
        X509Certificate[] alone = {chain("one")[0]};
        assertThat(judged(alone, "ECDHE_ECDSA", "one.example")).isEqualTo(1);
    }

    @Test
    void judgesAgainAfterAFewMinutesAndWhenTheClockIsSetBack() throws Exception {
        judged(chain("one"), "ECDHE_ECDSA", "one.example");
        clock.advance(RememberedTrust.MOST_MILLIS - 1);
        assertThat(judged(chain("one"), "ECDHE_ECDSA", "one.example")).isZero();
        clock.advance(1);
        assertThat(judged(chain("one"), "ECDHE_ECDSA", "one.example")).isEqualTo(1);
        clock.advance(-1);
        assertThat(judged(chain("one"), "ECDHE_ECDSA", "one.example")).isEqualTo(1);
    }

    @Test
    void judgesAgainAtTheMomentOfExpiry() throws Exception {
        long left = chain("one")[0].getNotAfter().toInstant().toEpochMilli() - clock.millis();
        clock.advance(left - TimeUnit.MINUTES.toMillis(1));
        judged(chain("one"), "ECDHE_ECDSA", "one.example");
        clock.advance(TimeUnit.MINUTES.toMillis(1) - 1);
        assertThat(judged(chain("one"), "ECDHE_ECDSA", "one.example")).isZero();
        clock.advance(1);
        assertThat(judged(chain("one"), "ECDHE_ECDSA", "one.example")).isEqualTo(1);
    }

    @Test
    void remembersOnlyAsManyAsThereIsRoomFor() throws Exception {
        trust = trust(2);
        List<String> hosts = List.of("one.example", "two.example", "three.example");
        for (String host : hosts) {
            assertThat(judged(chain("one"), "ECDHE_ECDSA", host)).isEqualTo(1);
        }
        int again = 0;
        for (String host : hosts) {
            again += judged(chain("one"), "ECDHE_ECDSA", host);
        }
        assertThat(again).isPositive();
    }

    @Test
    void remembersNothingBad() throws Exception {
        judge.verdict = new CertificateException("bad");
        SSLEngine engine = SSLContext.getDefault().createSSLEngine("one.example", 443);
        for (int i = 1; i <= 2; i++) {
            assertThatThrownBy(() -> trust.check(chain("one"), "ECDHE_ECDSA", engine))
                    .hasRootCauseMessage("bad");
            assertThat(judge.asked).isEqualTo(i);
        }
    }

    @Test
    void aCertificateThatIsLongOverDoesNotKeepTheOthersFromBeingRemembered() throws Exception {
        X509Certificate[] withOld = {chain("one")[0], chain("one")[1], chain("old")[0]};
        assertThat(judged(withOld, "ECDHE_ECDSA", "one.example")).isEqualTo(1);
        assertThat(judged(withOld, "ECDHE_ECDSA", "one.example")).isZero();
    }

    /** Counts its calls. */
    private static final class Judge extends X509ExtendedTrustManager {

        int asked;
        CertificateException verdict;

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            asked++;
            if (verdict != null) {
                throw verdict;
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
            throw new UnsupportedOperationException();
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
