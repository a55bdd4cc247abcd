package io.openuptimes.testing;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersDecoder;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** An HTTP/2 connection over TLS for sending frames that no real client would send. Trusts every certificate. */
public final class RawHttp2 implements AutoCloseable {

    public static final int DATA = 0;
    public static final int HEADERS = 1;
    public static final int PRIORITY = 2;
    public static final int RST_STREAM = 3;
    public static final int SETTINGS = 4;
    public static final int PING = 6;
    public static final int WINDOW_UPDATE = 8;
    public static final int CONTINUATION = 9;
    public static final int END_STREAM = 0x1;
    public static final int END_HEADERS = 0x4;

    /** The client's connection preface, before its SETTINGS. */
    public static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private static final byte INITIAL_WINDOW_SIZE = 4;
    private static final int PRIORITIZED = 0x20;
    private static final int PATIENCE_MS = 60_000;

    private static final X509TrustManager ANYBODY = new X509TrustManager() {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    };

    private final SSLSocket socket;
    private final DataInputStream in;
    private final Http2HeadersDecoder headers = new DefaultHttp2HeadersDecoder();

    /** A status received on a stream. */
    public record Status(int stream, int code) {}

    /** A received frame. */
    public record Frame(int flags, int stream, ByteBuffer payload) {}

    private RawHttp2(SSLSocket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
    }

    /** Performs only the TLS handshake. */
    public static RawHttp2 connect(int port) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {ANYBODY}, null);
            SSLSocket socket =
                    (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(PATIENCE_MS);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return new RawHttp2(socket);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** Connects and sends the preface with empty SETTINGS. */
    public static RawHttp2 begin(int port) throws IOException {
        return begin(port, new byte[0]);
    }

    /** Accepts no response body before sending a {@link #WINDOW_UPDATE}. */
    public static RawHttp2 beginWithClosedWindow(int port) throws IOException {
        return begin(port, new byte[] {0, INITIAL_WINDOW_SIZE, 0, 0, 0, 0});
    }

    private static RawHttp2 begin(int port, byte[] settings) throws IOException {
        RawHttp2 begun = connect(port);
        begun.send(PREFACE.getBytes(StandardCharsets.US_ASCII));
        begun.frame(SETTINGS, 0, 0, settings);
        return begun;
    }

    public void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    public void frame(int type, int flags, int stream, byte[] payload) throws IOException {
        send(bytes(type, flags, stream, payload));
    }

    /** An encoded frame. */
    public static byte[] bytes(int type, int flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .put((byte) (payload.length >> 16))
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    /** Header fields encoded for a header block: alternating names and values of at most 126 characters each. */
    public static byte[] fields(String... namesAndValues) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            block.write(0); // literal field without indexing
            for (String text : new String[] {namesAndValues[i], namesAndValues[i + 1]}) {
                block.write(text.length());
                block.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
            }
        }
        return block.toByteArray();
    }

    /** The pseudo-header fields of a request, and more. */
    public static byte[] request(String method, String path, String... more) {
        byte[] begin = fields(":method", method, ":scheme", "https", ":authority", "a", ":path", path);
        byte[] rest = fields(more);
        return ByteBuffer.allocate(begin.length + rest.length)
                .put(begin)
                .put(rest)
                .array();
    }

    /** The status of the next response. */
    public Status status() throws IOException {
        Frame frame = next(HEADERS);
        try {
            int from = (frame.flags() & PRIORITIZED) == 0 ? 0 : 5;
            Http2Headers decoded = headers.decodeHeaders(
                    frame.stream(), Unpooled.wrappedBuffer(frame.payload().position(from)));
            return new Status(frame.stream(), Integer.parseInt(decoded.status().toString()));
        } catch (Http2Exception e) {
            throw new IOException(e);
        }
    }

    /** The next frame of a type; skips others. */
    public Frame next(int type) throws IOException {
        while (true) {
            byte[] head = in.readNBytes(9);
            if (head.length < 9) {
                throw new EOFException("the connection has ended");
            }
            byte[] payload = in.readNBytes(ByteBuffer.wrap(head).getInt() >>> 8);
            if (head[3] == type) {
                return new Frame(head[4], ByteBuffer.wrap(head, 5, 4).getInt(), ByteBuffer.wrap(payload));
            }
        }
    }

    /** Reads until the connection ends, by close or reset. */
    public void awaitEnd() {
        try {
            while (in.read(new byte[16_384]) >= 0) {
                // discard remaining data
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the connection has not ended", e);
        } catch (IOException e) {
            // reset
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
