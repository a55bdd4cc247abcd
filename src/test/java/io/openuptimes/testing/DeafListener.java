package io.openuptimes.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A loopback address that does not respond to SYN, as if packets were lost: its accept queue is full. */
public final class DeafListener implements AutoCloseable {

    private static final int MAX_QUEUE = 64;
    private static final int CONNECTS_WITHIN_MS = 1_000;

    private final ServerSocket listener;
    private final List<Socket> queued = new ArrayList<>();

    public DeafListener(String address, int port) throws IOException {
        listener = new ServerSocket(port, 1, InetAddress.getByName(address));
        while (fits()) {
            if (queued.size() > MAX_QUEUE) {
                close();
                throw new IOException("the queue has no end");
            }
        }
    }

    private boolean fits() throws IOException {
        Socket socket = new Socket();
        queued.add(socket);
        try {
            socket.connect(
                    new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort()), CONNECTS_WITHIN_MS);
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : queued) {
            socket.close();
        }
    }
}
