package io.openuptimes.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Sends requests over a socket with a small receive buffer and reads only on demand. */
public final class SilentClient implements AutoCloseable {

    private final Socket socket = new Socket();

    /**
     * @param from loopback address to connect from
     */
    public SilentClient(String from, int port) throws IOException {
        socket.setReceiveBufferSize(4 * 1024);
        socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setSoTimeout(60_000);
    }

    public SilentClient(int port) throws IOException {
        this("127.0.0.1", port);
    }

    /** Sends a GET without waiting for the response. */
    public SilentClient get(String path, String... headers) throws IOException {
        StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    /** Reads up to a text or the end. */
    public String readUntil(String text) throws IOException {
        StringBuilder read = new StringBuilder();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (read.indexOf(text) < 0) {
            if (System.nanoTime() > deadline) {
                throw new IOException("does not come: " + text + "; after " + read);
            }
            int next;
            try {
                next = socket.getInputStream().read();
            } catch (SocketException reset) {
                break;
            }
            if (next < 0) {
                break;
            }
            read.append((char) next);
        }
        return read.toString();
    }

    /** The status of the next response. */
    public int status() throws IOException {
        return Integer.parseInt(readUntil("\r\n").substring(9, 12));
    }

    /** Reads to the end of the connection; returns the number of bytes. */
    public long drain() throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long bytes = 0;
        try {
            for (int read = 0; read >= 0; read = socket.getInputStream().read(buffer)) {
                bytes += read;
            }
        } catch (SocketException reset) {
            return bytes;
        }
        return bytes;
    }

    /** For direct access to the connection. */
    public Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
