package io.openuptimes.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Sends a request's headers and half of its body, and the rest on demand. */
public final class HalfRequest implements AutoCloseable {

    private static final int PATIENCE_MS = 60_000;

    private final Socket socket;
    private final BufferedReader in;
    private final byte[] body;
    private final int half;

    private HalfRequest(Socket socket, byte[] body) throws IOException {
        this.socket = socket;
        this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        this.body = body;
        this.half = body.length / 2;
    }

    /**
     * Sends headers and half of the body; returns once the server has accepted the request with {@code 100 Continue}.
     *
     * @param headers each {@code Name: value}
     */
    public static HalfRequest begin(int port, String method, String path, String body, List<String> headers) {
        try {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(PATIENCE_MS);
            HalfRequest request = new HalfRequest(socket, body.getBytes(StandardCharsets.UTF_8));
            request.head(method, path, headers);
            return request;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void head(String method, String path, List<String> headers) throws IOException {
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        headers.forEach(header -> head.append(header).append("\r\n"));
        head.append("Expect: 100-continue\r\nConnection: close\r\nContent-Length: ")
                .append(body.length)
                .append("\r\n\r\n");
        socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.UTF_8));
        String first = in.readLine();
        if (first == null || !first.startsWith("HTTP/1.1 100")) {
            throw new AssertionError(method + " " + path + " was not let in: " + first);
        }
        in.readLine(); // the empty line
        socket.getOutputStream().write(body, 0, half);
    }

    /** Sends the rest; returns the response, starting with the status line. */
    public String end() {
        try {
            socket.getOutputStream().write(body, half, body.length - half);
            StringBuilder answer = new StringBuilder();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                answer.append(line).append('\n');
            }
            return answer.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
