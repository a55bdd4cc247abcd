package io.openuptimes.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** A DNS server on the loopback that knows one name after the other's addresses: whatever is asked for, it answers the same. */
public final class NameServer implements AutoCloseable {

    private static final int HEAD = 12;
    private static final int TYPE_A = 1;

    private final DatagramSocket socket =
            new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    private final IntFunction<List<String>> answers;
    private final AtomicInteger asked = new AtomicInteger();

    /**
     * @param answers IPv4 addresses for the first question, the second and so on, counted from 0; those for IPv6 addresses
     *     are answered with none and not counted
     */
    public NameServer(IntFunction<List<String>> answers) throws IOException {
        this.answers = answers;
        Thread thread = new Thread(this::serve, "name-server");
        thread.setDaemon(true);
        thread.start();
    }

    /** As the options of a resolver take it. */
    public String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    /** How many questions for IPv4 addresses there were. */
    public int asked() {
        return asked.get();
    }

    private void serve() {
        byte[] buffer = new byte[512];
        while (!socket.isClosed()) {
            try {
                DatagramPacket question = new DatagramPacket(buffer, buffer.length);
                socket.receive(question);
                byte[] answer = answer(Arrays.copyOf(buffer, question.getLength()));
                socket.send(new DatagramPacket(answer, answer.length, question.getSocketAddress()));
            } catch (IOException e) {
                // closed
            }
        }
    }

    private byte[] answer(byte[] question) throws IOException {
        int end = HEAD;
        while (question[end] != 0) {
            end += question[end] + 1;
        }
        boolean v4 = question[end + 2] == TYPE_A;
        List<String> addresses = v4 ? answers.apply(asked.getAndIncrement()) : List.of();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(question, 0, 2);
        out.write(new byte[] {(byte) 0x81, (byte) 0x80, 0, 1, 0, (byte) addresses.size(), 0, 0, 0, 0});
        out.write(question, HEAD, end + 5 - HEAD);
        for (String address : addresses) {
            out.write(new byte[] {(byte) 0xC0, HEAD, 0, TYPE_A, 0, 1, 0, 0, 0, 0, 0, 4}); // this name; may not be kept
            out.write(InetAddress.getByName(address).getAddress());
        }
        return out.toByteArray();
    }

    @Override
    public void close() {
        socket.close();
    }
}
