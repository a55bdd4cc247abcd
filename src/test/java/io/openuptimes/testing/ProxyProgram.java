package io.openuptimes.testing;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * An installed nginx, HAProxy or Caddy, as packaged by Debian, running a file from {@code contrib/} in which only
 * addresses, names and certificate paths are replaced.
 */
public final class ProxyProgram implements AutoCloseable {

    /** The host name in the files for a dedicated host. */
    private static final String EXAMPLE = "status.example.com";

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

    private static final String CADDY = """
            {
                admin off
                default_bind 127.0.0.1
                http_port %1$d
                https_port %2$d
                storage file_system %3$s/storage
            }
            %4$s
            """;

    private final Process process;
    private final int port;
    private final int tlsPort;

    private ProxyProgram(Process process, int port, int tlsPort) {
        this.process = process;
        this.port = port;
        this.tlsPort = tlsPort;
    }

    /** Skips the test if the program is not installed. */
    public static void assumeInstalled(String program) {
        boolean installed = Stream.of(
                        (System.getenv("PATH") + File.pathSeparator + "/usr/sbin").split(File.pathSeparator, -1))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
        Assumptions.assumeTrue(installed, "no " + program + " on the PATH");
    }

    /**
     * Starts {@code contrib/nginx/below-a-path.conf}.
     *
     * @param dir working directory
     * @param replaced replacements by address
     */
    public static ProxyProgram nginx(Path dir, Map<String, String> replaced) throws Exception {
        int port = FreePorts.one();
        Map<String, String> all = new LinkedHashMap<>(replaced);
        all.put("listen 80;", "listen 127.0.0.1:" + port + ";");
        return startNginx(dir, port, 0, file("nginx/below-a-path.conf", all));
    }

    /**
     * Starts {@code contrib/nginx/openuptimes.conf} for {@code localhost}.
     *
     * @param certificates must contain one named {@code localhost}
     */
    public static ProxyProgram nginxWithTls(Path dir, Certificates certificates, int app) throws Exception {
        int port = FreePorts.one();
        int tlsPort = FreePorts.one();
        String live = "/etc/letsencrypt/live/" + EXAMPLE;
        Map<String, String> replaced = new LinkedHashMap<>();
        replaced.put("listen 80;", "listen 127.0.0.1:" + port + ";");
        replaced.put("listen 443 ", "listen 127.0.0.1:" + tlsPort + " ");
        replaced.put("127.0.0.1:8080", "127.0.0.1:" + app);
        replaced.put(live + "/fullchain.pem", certificates.pem("localhost").toString());
        replaced.put(live + "/privkey.pem", certificates.key("localhost").toString());
        replaced.put(EXAMPLE, "localhost");
        return startNginx(dir, port, tlsPort, file("nginx/openuptimes.conf", replaced));
    }

    private static ProxyProgram startNginx(Path dir, int port, int tlsPort, String text) throws Exception {
        Path file = Files.writeString(dir.resolve("nginx.conf"), NGINX.formatted(dir, text));
        return start(dir, port, tlsPort, "nginx", "-c", file.toString(), "-e", dir + "/error.log");
    }

    /** Starts {@code contrib/haproxy/haproxy.cfg}, with a socket {@code stats.sock} in that directory. */
    public static ProxyProgram haproxy(Path dir, Map<String, String> replaced) throws Exception {
        int port = FreePorts.one();
        Map<String, String> all = new LinkedHashMap<>(replaced);
        all.put("bind :80", "bind 127.0.0.1:" + port);
        String text = HAPROXY.formatted(dir, file("haproxy/haproxy.cfg", all));
        Path file = Files.writeString(dir.resolve("haproxy.cfg"), text);
        return start(dir, port, 0, "haproxy", "-db", "-f", file.toString());
    }

    /**
     * Starts {@code contrib/caddy/Caddyfile} for {@code localhost}, with a given certificate instead of an automatic
     * one.
     *
     * @param certificates must contain one named {@code localhost}
     */
    public static ProxyProgram caddyWithTls(Path dir, Certificates certificates, int app) throws Exception {
        int port = FreePorts.one();
        int tlsPort = FreePorts.one();
        String site = "localhost {\n\ttls " + certificates.pem("localhost") + " " + certificates.key("localhost");
        Map<String, String> replaced = Map.of("127.0.0.1:8080", "127.0.0.1:" + app, EXAMPLE + " {", site);
        return startCaddy(dir, port, tlsPort, tlsPort, file("caddy/Caddyfile", replaced));
    }

    /**
     * Starts {@code contrib/caddy/below-a-path.Caddyfile} without TLS.
     *
     * @param replaced replacements by address
     */
    public static ProxyProgram caddy(Path dir, Map<String, String> replaced) throws Exception {
        int port = FreePorts.one();
        Map<String, String> all = new LinkedHashMap<>(replaced);
        all.put(EXAMPLE + " {", ":" + port + " {");
        return startCaddy(dir, port, FreePorts.one(), 0, file("caddy/below-a-path.Caddyfile", all));
    }

    /** @param tlsPort port for HTTPS, 0 for none */
    private static ProxyProgram startCaddy(Path dir, int port, int httpsPort, int tlsPort, String text)
            throws Exception {
        Path file = Files.writeString(dir.resolve("Caddyfile"), CADDY.formatted(port, httpsPort, dir, text));
        return start(dir, port, tlsPort, "caddy", "run", "--adapter", "caddyfile", "--config", file.toString());
    }

    private static String file(String name, Map<String, String> replaced) throws IOException {
        String text = Files.readString(Path.of("contrib", name));
        for (Map.Entry<String, String> one : replaced.entrySet()) {
            if (!text.contains(one.getKey())) {
                throw new IllegalArgumentException("not in " + name + ": " + one.getKey());
            }
            text = text.replace(one.getKey(), one.getValue());
        }
        return text;
    }

    private static ProxyProgram start(Path dir, int port, int tlsPort, String... command) throws Exception {
        Path log = dir.resolve("log");
        ProcessBuilder builder =
                new ProcessBuilder(List.of(command)).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().merge("PATH", "/usr/sbin", (path, sbin) -> path + File.pathSeparator + sbin);
        builder.environment().put("HOME", dir.toString());
        Process process = builder.start();
        for (int listening : tlsPort == 0 ? List.of(port) : List.of(port, tlsPort)) {
            Eventually.eventually(() -> {
                if (!process.isAlive()) {
                    throw new IllegalStateException("it has ended: " + Files.readString(log));
                }
                new Socket(InetAddress.getLoopbackAddress(), listening).close();
            });
        }
        return new ProxyProgram(process, port, tlsPort);
    }

    public int port() {
        return port;
    }

    /** The HTTPS port; 0 for none. */
    public int tlsPort() {
        return tlsPort;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
        process.destroyForcibly();
    }
}
