package io.openuptimes.testing;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** An nginx or HAProxy of this machine, as Debian packages them, with a file of {@code contrib/} in which only addresses are replaced. */
public final class ProxyProgram implements AutoCloseable {

    private static final String NGINX = """
            daemon off; master_process off; pid %1$s/pid;
            events {}
            http {
              access_log off; client_body_temp_path %1$s/body; proxy_temp_path %1$s/proxy;
              fastcgi_temp_path %1$s/fastcgi; uwsgi_temp_path %1$s/uwsgi; scgi_temp_path %1$s/scgi;
              %2$s
            }
            """;

    private static final String HAPROXY = """
            global
                stats socket %1$s/stats.sock
            %2$s
            """;

    private final Process process;
    private final int port;

    private ProxyProgram(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Skips the test where there is none. */
    public static void assumeInstalled(String program) {
        boolean installed = Stream.of(
                        (System.getenv("PATH") + File.pathSeparator + "/usr/sbin").split(File.pathSeparator, -1))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
        Assumptions.assumeTrue(installed, "no " + program + " on the PATH");
    }

    /**
     * Starts {@code contrib/nginx.conf}.
     *
     * @param dir of its own
     * @param replaced addresses in the file, and what takes their place
     */
    public static ProxyProgram nginx(Path dir, Map<String, String> replaced) throws Exception {
        int port = FreePorts.one();
        Path file = configuration(dir, NGINX, "nginx.conf", "listen 80;", "listen 127.0.0.1:" + port + ";", replaced);
        return start(dir, port, "nginx", "-c", file.toString(), "-e", dir + "/error.log");
    }

    /** Starts {@code contrib/haproxy.cfg}, with a socket {@code stats.sock} in that directory. */
    public static ProxyProgram haproxy(Path dir, Map<String, String> replaced) throws Exception {
        int port = FreePorts.one();
        Path file = configuration(dir, HAPROXY, "haproxy.cfg", "bind :80", "bind 127.0.0.1:" + port, replaced);
        return start(dir, port, "haproxy", "-db", "-f", file.toString());
    }

    private static Path configuration(
            Path dir, String frame, String name, String listens, String here, Map<String, String> replaced)
            throws IOException {
        String text = replace(Files.readString(Path.of("contrib", name)), listens, here);
        for (Map.Entry<String, String> one : replaced.entrySet()) {
            text = replace(text, one.getKey(), one.getValue());
        }
        return Files.writeString(dir.resolve(name), frame.formatted(dir, text));
    }

    private static String replace(String text, String part, String by) {
        if (!text.contains(part)) {
            throw new IllegalArgumentException("not in the file: " + part);
        }
        return text.replace(part, by);
    }

    private static ProxyProgram start(Path dir, int port, String... command) throws Exception {
        Path log = dir.resolve("log");
        ProcessBuilder builder =
                new ProcessBuilder(List.of(command)).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().merge("PATH", "/usr/sbin", (path, sbin) -> path + File.pathSeparator + sbin);
        Process process = builder.start();
        Eventually.eventually(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("it has ended: " + Files.readString(log));
            }
            new Socket(InetAddress.getLoopbackAddress(), port).close();
        });
        return new ProxyProgram(process, port);
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
        process.destroyForcibly();
    }
}
