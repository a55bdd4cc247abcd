package io.openuptimes.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on the loopback that sends scripted bytes, for behaviour that no real server has. */
public final class RawServer implements AutoCloseable {

    /** Handles a connection on its own thread. An I/O error means the peer has gone and ends it. */
    public interface Script {
        void run(Conversation conversation) throws IOException, InterruptedException;
    }

    private static final int PATIENCE_S = 60;

    private final ServerSocket listener;
    private final Script script;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "raw-server");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicInteger accepted = new AtomicInteger();
    private final BlockingQueue<Conversation> conversations = new LinkedBlockingQueue<>();

    private RawServer(InetAddress address, int port, Script script) {
        this.script = script;
        try {
            this.listener = new ServerSocket(port, 50, address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    public static RawServer of(Script script) {
        return on("127.0.0.1", script);
    }

    public static RawServer on(String address, Script script) {
        return on(address, 0, script);
    }

    /**
     * @param port 0 for a free one
     */
    public static RawServer on(String address, int port, Script script) {
        try {
            return new RawServer(InetAddress.getByName(address), port, script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether this machine has that address. */
    public static boolean canListenOn(String address) {
        try (ServerSocket tried = new ServerSocket(0, 1, InetAddress.getByName(address))) {
            return tried.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** Reads the request headers, sends a fixed response and closes. */
    public static RawServer answering(String answer) {
        return of(conversation -> {
            conversation.awaitHead();
            conversation.send(answer);
            conversation.close();
        });
    }

    public int port() {
        return listener.getLocalPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port() + "/";
    }

    /** Number of accepted connections. */
    public int connections() {
        return accepted.get();
    }

    /** The next connection, in order of arrival. */
    public Conversation next() {
        try {
            Conversation conversation = conversations.poll(PATIENCE_S, TimeUnit.SECONDS);
            if (conversation == null) {
                throw new AssertionError("nobody connected");
            }
            return conversation;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Conversation conversation = new Conversation(listener.accept());
                accepted.incrementAndGet();
                conversations.add(conversation);
                threads.execute(conversation::read);
                threads.execute(() -> conversation.follow(script));
            } catch (IOException e) {
                // closed, or the peer has gone
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Conversation conversation : conversations) {
            conversation.close();
        }
        threads.shutdownNow();
    }

    /** The server's side of a connection. */
    public static final class Conversation {

        private final Socket socket;
        private final StringBuilder received = new StringBuilder();
        private final CompletableFuture<String> head = new CompletableFuture<>();
        private final CompletableFuture<Void> closedByPeer = new CompletableFuture<>();

        private Conversation(Socket socket) {
            this.socket = socket;
        }

        private void follow(Script script) {
            try {
                script.run(this);
            } catch (IOException e) {
                closedByPeer.complete(null);
            } catch (InterruptedException | IllegalStateException e) {
                Thread.currentThread().interrupt(); // server closed
            }
        }

        private void read() {
            byte[] buffer = new byte[65_536];
            try {
                InputStream in = socket.getInputStream();
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    take(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
                }
            } catch (IOException e) {
                // reset
            }
            closedByPeer.complete(null);
        }

        private synchronized void take(String text) {
            received.append(text);
            int end = received.indexOf("\r\n\r\n");
            if (end >= 0) {
                head.complete(received.substring(0, end));
            }
        }

        /** Waits for the request line and headers. */
        public String awaitHead() {
            return get(head);
        }

        /** All bytes received so far. */
        public synchronized String received() {
            return received.toString();
        }

        public void send(String text) throws IOException {
            send(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        public void send(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        }

        public void close() throws IOException {
            socket.close();
        }

        /** Closes with RST instead of FIN. */
        public void reset() throws SocketException, IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** Waits until the peer has closed or reset the connection. */
        public void awaitClosedByPeer() {
            get(closedByPeer);
        }

        private static <T> T get(CompletableFuture<T> future) {
            try {
                return future.get(PATIENCE_S, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                throw new AssertionError("did not happen within " + PATIENCE_S + " s", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
