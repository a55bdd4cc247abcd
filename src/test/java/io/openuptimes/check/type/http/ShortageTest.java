package io.openuptimes.check.type.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.ChannelException;
import io.netty.handler.ssl.OpenSsl;
import io.openuptimes.check.net.Step;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Status;
import io.openuptimes.testing.ChildClassPath;
import io.openuptimes.testing.FewFiles;
import io.openuptimes.testing.JudgedProber;
import io.openuptimes.testing.RawServer;
import io.openuptimes.testing.Services;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A shortage of resources on this machine does not make a service down. */
@Timeout(300)
class ShortageTest extends ProberTestBase {

    static Stream<Throwable> shortages() {
        return Stream.of(
                new ChannelException(new IOException("socket(..) failed with error(-24): Too many open files")),
                new BindException("Cannot assign requested address"),
                new IOException("connect(..) failed with error(-99): Cannot assign requested address"),
                new IOException("No buffer space available"),
                new IOException("Cannot allocate memory"),
                new OutOfMemoryError("Cannot reserve 4194304 bytes of direct buffer memory"),
                new IllegalStateException(new OutOfMemoryError()));
    }

    @ParameterizedTest
    @MethodSource("shortages")
    void isOursWhateverIsBeingDone(Throwable cause) {
        for (Step step : Step.values()) {
            assertThat(FailureClassifier.of(step, cause, null, false).outcome()).isEqualTo(Outcome.RESOURCE);
        }
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void isNotSeenInWhatServersDo(Step step) {
        assertThat(FailureClassifier.of(step, new IOException("Connection refused"), null, false)
                        .outcome())
                .isNotEqualTo(Outcome.RESOURCE);
        assertThat(FailureClassifier.of(step, new SSLException("Too many open files"), null, false)
                        .outcome())
                .isNotEqualTo(Outcome.RESOURCE);
    }

    private static final String NO_FILES = "result resource out of file descriptors";

    @Test
    void saysNothingOfTheService() {
        assertThat(Outcome.RESOURCE.status()).isEqualTo(Status.UNKNOWN);
        assertThat(Outcome.RESOURCE.isFailure()).isFalse();
        assertThat(Outcome.ofCode(9)).isEqualTo(Outcome.RESOURCE);
    }

    @Test
    void aProcessWithoutFileDescriptorsDoesNotTakeItsTargetForDown(@TempDir Path directory) throws Exception {
        Path output = directory.resolve("output");
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no shell to set a limit with");
        try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
            Process process = new ProcessBuilder(
                            "/bin/sh",
                            "-c",
                            "ulimit -n 300; exec \"$@\"",
                            "sh",
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            ChildClassPath.get(),
                            FewFiles.class.getName(),
                            server.url(),
                            "http://no-such-host.invalid/")
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(240, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            List<String> results = Files.readAllLines(output).stream()
                    .filter(line -> line.startsWith("result "))
                    .toList();
            assertThat(results).as(Files.readString(output)).hasSize(7);
            assertThat(results.subList(0, 4)).containsExactly("result up ", NO_FILES, NO_FILES, "result up ");
            assertThat(results.get(6))
                    .as("a name that was first looked up when no socket could be opened")
                    .matches("result (dns|timeout) .*");
        }
    }

    @Test
    void aCheckThatIsBrokenOffSaysNothingEither() throws Exception {
        JudgedProber stopping = TlsClients.prober(vertx, null, OpenSsl.isAvailable());
        try (RawServer silent = RawServer.of(RawServer.Conversation::awaitHead)) {
            CompletableFuture<CheckResult> result = new CompletableFuture<>();
            context.runOnContext(
                    run -> stopping.probe(Services.of(silent.url())).onSuccess(result::complete));
            RawServer.Conversation conversation = silent.next();
            conversation.awaitHead();
            stopping.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
            assertThat(result.get(60, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.RESOURCE);
            conversation.awaitClosedByPeer();
        }
    }
}
