package io.openuptimes.web.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openuptimes.config.InvalidSettingsException;
import io.openuptimes.config.Settings;
import io.openuptimes.testing.Certificates;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ServerTlsTest {

    @TempDir
    static Path directory;

    private static Vertx vertx;
    private static Certificates certificates;

    @BeforeAll
    static void make() throws Exception {
        vertx = Vertx.vertx();
        certificates = Certificates.in(directory).signed("one", "dns:one").selfSigned("other", "dns:other");
        Files.writeString(directory.resolve("empty"), "");
        Files.writeString(
                directory.resolve("passphrase"),
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n");
        Files.write(directory.resolve("large"), new byte[2 * 1024 * 1024]);
    }

    @AfterAll
    static void close() {
        vertx.close().await();
    }

    private static Function<Certificates, Path> file(String name) {
        return certificates -> directory.resolve(name);
    }

    static Stream<Arguments> unusable() {
        Function<Certificates, Path> cert = made -> made.pem("one");
        Function<Certificates, Path> key = made -> made.key("one");
        return Stream.of(
                Arguments.of(file("none"), key, "http.tls.cert: file "),
                Arguments.of(cert, file("none"), "http.tls.key: file "),
                Arguments.of(file("."), key, "http.tls.cert: cannot read "),
                Arguments.of(cert, file("large"), "http.tls.key: "),
                Arguments.of(file("empty"), key, "http.tls.cert: must be a PEM file"),
                Arguments.of(key, key, "http.tls.cert: must be a PEM file"),
                Arguments.of(cert, file("empty"), "http.tls.key: must be a PEM file"),
                Arguments.of(cert, cert, "http.tls.key: must be a PEM file"),
                Arguments.of(cert, file("passphrase"), "http.tls.key: must be a PEM file"),
                Arguments.of(
                        cert,
                        (Function<Certificates, Path>) made -> made.key("other"),
                        "http.tls.key: is not the private key"));
    }

    @ParameterizedTest
    @MethodSource
    void unusable(Function<Certificates, Path> cert, Function<Certificates, Path> key, String problem) {
        Settings.Tls settings = new Settings.Tls(
                cert.apply(certificates).toString(), key.apply(certificates).toString());
        assertThatThrownBy(() -> ServerTls.open(vertx, settings))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageStartingWith(problem);
    }

    @Test
    void text_forms_show_no_key() throws Exception {
        PemPair pair = PemPair.read(new Settings.Tls(
                certificates.pem("one").toString(), certificates.key("one").toString()));

        assertThat(pair).hasToString("PemPair");
        assertThat(HttpsCertificate.of(vertx, pair).toString()).startsWith("CN=one, valid until 20");
    }
}
