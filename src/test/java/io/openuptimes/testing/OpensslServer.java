package io.openuptimes.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/** An {@code openssl s_server} on the loopback that answers every request with 200. */
public final class OpensslServer implements AutoCloseable {

    private static final String LISTENING = "ACCEPT ";

    private final Process process;
    private final int port;

    private OpensslServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * @param name of its certificate
     * @param options further options of {@code s_server}
     */
    public static OpensslServer start(PemCertificates certificates, String name, String... options) {
        List<String> command = new ArrayList<>(List.of(
                "openssl",
                "s_server",
                "-www",
                "-accept",
                "127.0.0.1:0",
                "-cert",
                certificates.cert(name).toString(),
                "-key",
                certificates.key(name).toString()));
        command.addAll(List.of(options));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            BufferedReader output = process.inputReader(UTF_8);
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith(LISTENING)) {
                    drain(output);
                    return new OpensslServer(
                            process, Integer.parseInt(line.replaceAll(".*:", "").strip()));
                }
            }
            throw new IllegalStateException("it did not start: " + command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void drain(BufferedReader output) {
        Thread reader = new Thread(
                () -> {
                    try {
                        output.transferTo(Writer.nullWriter());
                    } catch (IOException e) {
                        // stopped
                    }
                },
                "openssl-output");
        reader.setDaemon(true);
        reader.start();
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
