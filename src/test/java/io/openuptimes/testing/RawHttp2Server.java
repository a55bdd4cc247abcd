package io.openuptimes.testing;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** An HTTP/2 server on the loopback that sends scripted frames, for behaviour that no real server has. */
public final class RawHttp2Server implements AutoCloseable {

    /** Handles a connection once a request's headers have arrived. An I/O error means the peer has gone and ends it. */
    public interface Script {

        /**
         * @param number of the connection, from 1
         */
        void run(int number, Conversation conversation) throws IOException, InterruptedException;
    }

    /** A connection whose first request awaits its response. */
    public record Conversation(SSLSocket socket, int stream) {

        public void frame(int type, int flags, byte[] payload) throws IOException {
            send(RawHttp2.bytes(type, flags, stream, payload));
        }

        /** Sends HEADERS with a status. */
        public void status(String code, boolean end) throws IOException {
            int flags = RawHttp2.END_HEADERS | (end ? RawHttp2.END_STREAM : 0);
            frame(RawHttp2.HEADERS, flags, RawHttp2.fields(":status", code));
        }

        public void send(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        }
    }

    private final SSLServerSocket listener;
    private final Script script;
    private final AtomicInteger accepted = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "raw-http2-server");
        thread.setDaemon(true);
        return thread;
    });

    private RawHttp2Server(SSLServerSocket listener, Script script) {
        this.listener = listener;
        this.script = script;
        threads.execute(this::accept);
    }

    /**
     * @param keys a PKCS #12 store with one key, protected by {@link Certificates#PASSWORD}
     */
    public static RawHttp2Server of(Path keys, Script script) throws IOException, GeneralSecurityException {
        char[] password = Certificates.PASSWORD.toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, password);
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        SSLServerSocket listener = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        SSLParameters parameters = listener.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        listener.setSSLParameters(parameters);
        return new RawHttp2Server(listener, script);
    }

    public String url() {
        return "https://127.0.0.1:" + listener.getLocalPort() + "/";
    }

    /** Number of accepted connections. */
    public int connections() {
        return accepted.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                SSLSocket socket = (SSLSocket) listener.accept();
                int number = accepted.incrementAndGet();
                threads.execute(() -> serve(number, socket));
            } catch (IOException e) {
                // closed, or the peer has gone
            }
        }
    }

    private void serve(int number, SSLSocket socket) {
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            in.readNBytes(RawHttp2.PREFACE.length());
            socket.getOutputStream().write(RawHttp2.bytes(RawHttp2.SETTINGS, 0, 0, new byte[0]));
            socket.getOutputStream().flush();
            script.run(number, new Conversation(socket, awaitRequest(in)));
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // the peer has gone
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int awaitRequest(DataInputStream in) throws IOException {
        while (true) {
            byte[] head = in.readNBytes(9);
            if (head.length < 9) {
                throw new EOFException();
            }
            in.readNBytes(ByteBuffer.wrap(head).getInt() >>> 8);
            if (head[3] == RawHttp2.HEADERS) {
                return ByteBuffer.wrap(head, 5, 4).getInt();
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
    }
}
