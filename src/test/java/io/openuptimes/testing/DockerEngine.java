package io.openuptimes.testing;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.testcontainers.DockerClientFactory;

/** The local Docker engine, if there is one. */
final class DockerEngine {

    private static final Pattern API_VERSION = Pattern.compile("(?mi)^Api-Version: ([0-9.]+)\\s*$");

    private DockerEngine() {}

    /** Whether containers can be started. */
    static boolean answers() {
        speakItsVersion();
        return DockerClientFactory.instance().isDockerAvailable();
    }

    /**
     * Testcontainers uses one API version, which older engines reject. Every engine reports the version it supports.
     */
    private static void speakItsVersion() {
        String host = Objects.requireNonNullElse(System.getenv("DOCKER_HOST"), "unix:///var/run/docker.sock");
        if (!host.startsWith("unix://") || System.getProperty("api.version") != null) {
            return;
        }
        try (SocketChannel socket =
                SocketChannel.open(UnixDomainSocketAddress.of(host.substring("unix://".length())))) {
            socket.write(ByteBuffer.wrap("HEAD /_ping HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer answer = ByteBuffer.allocate(4096);
            while (socket.read(answer) > 0) {
                // until end of stream or the buffer is full
            }
            Matcher version =
                    API_VERSION.matcher(new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII));
            if (version.find()) {
                System.setProperty("api.version", version.group(1));
            }
        } catch (IOException e) {
            // no engine available
        }
    }
}
