package io.openuptimes.bench;

import static io.openuptimes.testing.Eventually.eventually;

import io.openuptimes.testing.Certificates;
import io.openuptimes.testing.FreePorts;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The services' targets: HTTP and HTTPS on many loopback addresses, because concurrent checks per host are limited,
 * served by nginx if installed and else by {@link TargetProcess}; and one that never responds.
 */
final class Targets implements AutoCloseable {

    static final int ADDRESSES = 250;

    /** Fewer, to keep the certificate that names them all at a realistic size. */
    static final int TLS_ADDRESSES = 32;

    private static final Pattern ACCEPTS = Pattern.compile("accepts (?:handled requests)?\\s*(\\d+)");

    private final int http = FreePorts.one();
    private final int https = FreePorts.one();
    private final int hanging = FreePorts.one();
    private final int flipping = FreePorts.one();
    private final Nginx nginx;
    private final Process own;
    private final Path authority;

    Targets(Path dir) throws Exception {
        Certificates certificates = Certificates.in(Files.createDirectories(dir.resolve("certificates")))
                .signed("target", addresses(TLS_ADDRESSES, "ip:", ","));
        authority = certificates.pem("ca");
        nginx = Programs.has("nginx") ? new Nginx(dir.resolve("nginx"), servers(certificates)) : null;
        own = Programs.java(
                TargetProcess.class,
                String.valueOf(ADDRESSES),
                nginx == null ? String.valueOf(http) : "0",
                nginx == null ? String.valueOf(https) : "0",
                String.valueOf(hanging),
                String.valueOf(flipping),
                certificates.pem("target").toString(),
                certificates.key("target").toString());
        eventually(() -> new Socket(address(0), http).close());
        eventually(() -> new Socket(address(ADDRESSES - 1), hanging).close());
    }

    static String address(int i) {
        return "127.0.1." + (1 + i % ADDRESSES);
    }

    private static String addresses(int count, String prefix, String separator) {
        return IntStream.range(0, count).mapToObj(i -> prefix + address(i)).collect(Collectors.joining(separator));
    }

    private String servers(Certificates certificates) {
        List<String> lines = new ArrayList<>();
        lines.add("server { listen 127.0.0.1:%d backlog=4096;".formatted(http));
        for (int i = 0; i < ADDRESSES; i++) {
            lines.add("listen %s:%d backlog=4096;".formatted(address(i), http));
        }
        lines.add("location / { return 200 \"fine\\n\"; } location = /accepts { stub_status; } }");
        lines.add("server { ssl_protocols TLSv1.2 TLSv1.3; ssl_certificate %s; ssl_certificate_key %s;"
                .formatted(certificates.pem("target"), certificates.key("target")));
        for (int i = 0; i < TLS_ADDRESSES; i++) {
            lines.add("listen %s:%d ssl backlog=4096;".formatted(address(i), https));
        }
        lines.add("location / { return 200 \"fine\\n\"; } }");
        return String.join("\n", lines);
    }

    /** The server program in use. */
    String kind() {
        return nginx == null ? "Netty" : "nginx";
    }

    String http(int i) {
        return "http://" + address(i) + ":" + http + "/" + i;
    }

    String https(int i) {
        return "https://" + address(i % TLS_ADDRESSES) + ":" + https + "/" + i;
    }

    /** Accepts connections and never responds. */
    String hanging(int i) {
        return "http://" + address(i / 10) + ":" + hanging + "/" + i;
    }

    /** Alternates between 200 and 503 every second. */
    String flipping(int i) {
        return "http://" + address(i) + ":" + flipping + "/" + i;
    }

    int httpPort() {
        return http;
    }

    /** The CA certificate, PEM. */
    Path authority() {
        return authority;
    }

    /** Connections over all ports except that of the target that never responds. */
    long accepts() throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), http), 5_000);
            socket.setSoTimeout(5_000);
            socket.getOutputStream()
                    .write("GET /accepts HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            String answer = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            Matcher matcher = ACCEPTS.matcher(answer);
            if (!matcher.find()) {
                throw new IOException("no count in " + answer);
            }
            return Long.parseLong(matcher.group(1));
        }
    }

    @Override
    public void close() {
        if (nginx != null) {
            nginx.close();
        }
        Programs.end(own);
    }
}
