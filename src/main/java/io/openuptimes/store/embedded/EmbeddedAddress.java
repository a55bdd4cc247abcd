package io.openuptimes.store.embedded;

import io.openuptimes.runtime.PrivateFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the embedded Redis listens: on a Unix socket that only this user can open or, if sockets are not available, on
 * a loopback port.
 *
 * @param socket a {@link UnixDomainSocketAddress} or an {@link InetSocketAddress}
 */
record EmbeddedAddress(SocketAddress socket) {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedAddress.class);

    private static final String NAME = "redis.sock";

    /** A socket in the directory, or in a temporary one if the path is too long or cannot hold sockets; else a port. */
    static EmbeddedAddress in(Path dir) throws IOException {
        if (!PrivateFiles.areSupportedIn(dir)) {
            return onFreePort();
        }
        Path socket = dir.resolve(NAME);
        if (canBind(socket)) {
            return new EmbeddedAddress(UnixDomainSocketAddress.of(socket));
        }
        Path temporary = Files.createTempDirectory("openuptimes"); // rwx------
        Path other = temporary.resolve(NAME);
        if (canBind(other)) {
            return new EmbeddedAddress(UnixDomainSocketAddress.of(other));
        }
        Files.delete(temporary);
        return onFreePort();
    }

    static EmbeddedAddress onFreePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return onPort(probe.getLocalPort());
        }
    }

    static EmbeddedAddress onPort(int port) {
        return new EmbeddedAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /** A Unix socket. */
    static EmbeddedAddress at(Path socket) {
        return new EmbeddedAddress(UnixDomainSocketAddress.of(socket));
    }

    /** Paths are limited to some 100 bytes, and not every file system supports sockets. */
    private static boolean canBind(Path path) {
        try {
            Files.deleteIfExists(path);
            try (ServerSocketChannel probe = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                probe.bind(UnixDomainSocketAddress.of(path));
            }
            Files.delete(path);
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            log.debug("cannot create a Unix socket at {}", path, e);
            return false;
        }
    }

    boolean isUnix() {
        return socket instanceof UnixDomainSocketAddress;
    }

    /** The URL for clients; the password must consist of letters and digits. */
    String url(String password) {
        return socket instanceof UnixDomainSocketAddress unix
                ? "unix://" + unix.getPath().toUri().getRawPath() + "?password=" + password
                : "redis://:" + password + "@127.0.0.1:" + port();
    }

    /** Lines of the server's configuration. */
    List<String> configuration() {
        return socket instanceof UnixDomainSocketAddress unix
                ? List.of("port 0", "unixsocket " + ServerConfiguration.quoted(unix.getPath()), "unixsocketperm 700")
                : List.of("bind 127.0.0.1", "port " + port());
    }

    private int port() {
        return ((InetSocketAddress) socket).getPort();
    }

    /** Whether a connection can be opened now. */
    boolean accepts() {
        try {
            SocketChannel.open(socket).close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Removes the socket, and its temporary directory if it was in one. */
    void remove(Path dir) {
        if (!(socket instanceof UnixDomainSocketAddress unix)) {
            return;
        }
        try {
            Files.deleteIfExists(unix.getPath());
            if (!unix.getPath().startsWith(dir)) {
                Files.deleteIfExists(unix.getPath().resolveSibling(""));
            }
        } catch (IOException e) {
            log.debug("cannot delete {}", unix, e);
        }
    }

    @Override
    public String toString() {
        return socket instanceof UnixDomainSocketAddress unix ? unix.toString() : "127.0.0.1:" + port();
    }
}
