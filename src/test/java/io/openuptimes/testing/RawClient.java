package io.openuptimes.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A connection for sending arbitrary bytes that no real client would send. */
public final class RawClient implements AutoCloseable {

    private static final int PATIENCE_MS = 60_000;

    private final Socket socket;

    public RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MS);
        socket.setTcpNoDelay(true);
    }

    /** Sends text in Latin-1. */
    public RawClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /**
     * The next response, with its body by {@code Content-Length}; the partial response if the connection ends early.
     */
    public String answer() throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        while (!isComplete(got.toString(StandardCharsets.ISO_8859_1))) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            got.write(next);
        }
        return got.toString(StandardCharsets.UTF_8);
    }

    private static boolean isComplete(String answer) {
        int head = answer.indexOf("\r\n\r\n");
        if (head < 0) {
            return false;
        }
        int length = answer.toLowerCase(Locale.ROOT).indexOf("content-length: ");
        int body = length < 0 || length > head
                ? 0
                : Integer.parseInt(answer.substring(length + 16, answer.indexOf("\r\n", length)));
        return answer.length() >= head + 4 + body;
    }

    /** Waits for the end of the connection, by close or reset; true if any data arrived before. */
    public boolean awaitEnd() throws IOException {
        try {
            return socket.getInputStream().readAllBytes().length > 0;
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the connection has not ended", e);
        } catch (IOException e) {
            return false; // reset
        }
    }

    /** Closes the connection with RST instead of FIN. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
