package io.openuptimes.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Opens an event stream and does not read it. */
final class SlowReader implements AutoCloseable {

    private static final int BUFFER = 8_192;
    private static final int LAST_WORDS = 400;

    private final Socket socket = new Socket();

    SlowReader(String url, String key) throws IOException {
        socket.setReceiveBufferSize(BUFFER);
        socket.connect(
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), URI.create(url).getPort()),
                5_000);
        socket.setSoTimeout(10_000);
        socket.getOutputStream()
                .write(("GET /api/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + key + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    /** The last event or comment received; empty if the connection was cut. */
    String lastWords() {
        StringBuilder text = new StringBuilder();
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = socket.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                text.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
                text.delete(0, Math.max(0, text.length() - LAST_WORDS));
            }
        } catch (IOException e) {
            return "";
        }
        String[] events = text.toString().split("\n\n", -1);
        return events.length < 2 ? "" : events[events.length - 2].replace('\n', ' ');
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
