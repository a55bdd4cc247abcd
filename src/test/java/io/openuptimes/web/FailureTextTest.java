package io.openuptimes.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Disclosure;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Peer;
import io.openuptimes.model.Phases;
import io.openuptimes.model.ServerCertificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a failure's text reveals of the certificate, by caller. */
class FailureTextTest {

    private static final String OTHER = ServerCertificate.OTHER_NAME;

    private static CheckResult failed(String error, Peer peer) {
        return new CheckResult("id", 1, Outcome.TLS, 0, 1, Phases.NONE, error, null, null, peer);
    }

    private static Peer showing(List<String> names) {
        return new Peer("127.0.0.1:443", null, "TLSv1.3", new ServerCertificate(0, 1, 1, "CN=x", names, "00"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                | ''",
                "a.example.com                     | , only for a.example.com",
                "a.example.com *.b.example.com     | , only for a.example.com, *.b.example.com",
                "a.test b.test c.test              | , only for a.test, b.test, c.test",
                "a.test b.test c.test d.test       | , only for a.test, b.test, c.test and 1 more",
                "a.test b.test c.test d.test ::1   | , only for a.test, b.test, c.test and 2 more"
            })
    void readersLearnTheNamesOfACertificateOfAnotherHost(String names, String told) {
        Peer peer = showing(names.isEmpty() ? List.of() : List.of(names.split(" ")));
        assertThat(FailureText.of(failed(OTHER, peer), Disclosure.READER)).isEqualTo(OTHER + told);
        assertThat(FailureText.of(failed(OTHER, peer), Disclosure.WRITER)).isEqualTo(OTHER + told);
        assertThat(FailureText.of(failed(OTHER, peer), Disclosure.PUBLIC)).isEqualTo(OTHER);
    }

    @Test
    void otherFailuresTellNoNames() {
        Peer peer = showing(List.of("a.test"));
        assertThat(FailureText.of(failed("certificate is self-signed", peer), Disclosure.WRITER))
                .isEqualTo("certificate is self-signed");
        assertThat(FailureText.of(failed(OTHER, null), Disclosure.WRITER)).isEqualTo(OTHER);
    }
}
