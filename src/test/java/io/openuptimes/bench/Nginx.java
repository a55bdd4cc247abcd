package io.openuptimes.bench;

import io.openuptimes.testing.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A real nginx with its own configuration. Requires {@code nginx} on the PATH. */
final class Nginx implements AutoCloseable {

    private final Path file;
    private final Path dir;
    private Process process;

    /**
     * Starts nginx.
     *
     * @param dir its own directory
     * @param servers its server blocks
     */
    Nginx(Path dir, String servers) throws IOException {
        this.dir = Files.createDirectories(dir);
        String configuration = """
                daemon off; master_process off; worker_processes 1; worker_rlimit_nofile 65536;
                pid %1$s/nginx.pid; error_log %1$s/error.log;
                events { worker_connections 16384; }
                http {
                  access_log off; root %1$s; default_type text/plain; gzip on; gzip_min_length 10; gzip_types *;
                  client_body_temp_path %1$s/b; proxy_temp_path %1$s/p; fastcgi_temp_path %1$s/f;
                  uwsgi_temp_path %1$s/u; scgi_temp_path %1$s/s;
                  %2$s
                }
                """.formatted(dir, servers);
        file = Files.writeString(dir.resolve("nginx.conf"), configuration);
        start();
    }

    /** A plain HTTP server block that answers 200 everywhere. */
    static String plain(int port) {
        return "server { listen 127.0.0.1:%d backlog=4096; location / { return 200 \"fine\\n\"; } }".formatted(port);
    }

    /** A TLS server block with that certificate. */
    static String tls(int port, Certificates certificates, String alias) {
        return """
                server { listen 127.0.0.1:%d ssl backlog=4096; ssl_protocols TLSv1.2 TLSv1.3;
                  ssl_certificate %s; ssl_certificate_key %s; location / { return 200 "fine\\n"; } }
                """.formatted(port, certificates.pem(alias), certificates.key(alias));
    }

    void start() throws IOException {
        process = new ProcessBuilder("nginx", "-c", file.toString(), "-e", dir + "/error.log")
                .inheritIO()
                .start();
    }

    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
    }
}
