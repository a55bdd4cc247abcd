package io.openuptimes.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A DNS server on the loopback, UDP and TCP, with scripted answers. */
public final class NameServer implements AutoCloseable {

    public static final int SERVFAIL = 2;
    public static final int NXDOMAIN = 3;
    public static final int REFUSED = 5;

    private static final int HEAD = 12;
    private static final int TYPE_A = 1;

    /**
     * The reply to a query.
     *
     * @param code response code; negative for no response
     * @param ttl seconds
     * @param overTcp whether UDP responses are truncated, forcing TCP
     */
    public record Reply(int code, List<String> addresses, int ttl, boolean overTcp) {

        public static final Reply SILENCE = code(-1);

        public static Reply code(int code) {
            return new Reply(code, List.of(), 0, false);
        }

        /** With TTL 0. */
        public static Reply of(String... addresses) {
            return new Reply(0, List.of(addresses), 0, false);
        }

        public Reply withTtl(int seconds) {
            return new Reply(code, addresses, seconds, overTcp);
        }

        public Reply truncated() {
            return new Reply(code, addresses, ttl, true);
        }
    }

    private final DatagramSocket datagrams;
    private final ServerSocket connections;
    private final Function<String, Reply> zone;
    private final Map<String, Reply> replies = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    /** Answers only names defined by {@link #set}; others do not exist. */
    public NameServer() throws IOException {
        this((Function<String, Reply>) null);
    }

    /**
     * @param answers IPv4 addresses by query number, from 0, regardless of name; queries for IPv6 addresses get an
     *     empty answer and are not counted
     */
    public NameServer(IntFunction<List<String>> answers) throws IOException {
        this(new Function<>() {
            private int count;

            @Override
            public Reply apply(String question) {
                return question.startsWith("AAAA ")
                        ? Reply.of()
                        : Reply.of(answers.apply(count++).toArray(String[]::new));
            }
        });
    }

    private NameServer(@Nullable Function<String, Reply> zone) throws IOException {
        this.zone = zone == null ? this::known : zone;
        int port = FreePorts.one(); // an ephemeral TCP port could be in use for UDP
        this.connections = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        this.datagrams = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        start(this::serveDatagrams);
        start(this::serveConnections);
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "name-server");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Sets the reply for all later queries.
     *
     * @param type A or AAAA
     */
    public void set(String type, String name, Reply reply) {
        replies.put(type + " " + name, reply);
    }

    /** Sets the reply for both types. */
    public void set(String name, Reply reply) {
        set("A", name, reply);
        set("AAAA", name, reply);
    }

    /** Defines a name with exactly these addresses, of either family. */
    public void addresses(String name, String... addresses) {
        set("A", name, Reply.of(only(addresses, false)));
        set("AAAA", name, Reply.of(only(addresses, true)));
    }

    private static String[] only(String[] addresses, boolean v6) {
        return Arrays.stream(addresses)
                .filter(address -> v6 == address.contains(":"))
                .toArray(String[]::new);
    }

    private Reply known(String question) {
        return replies.getOrDefault(question, Reply.code(NXDOMAIN));
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) datagrams.getLocalSocketAddress();
    }

    public int port() {
        return datagrams.getLocalPort();
    }

    /** Number of queries for IPv4 addresses. */
    public int asked() {
        return (int)
                asked.stream().filter(question -> question.startsWith("A ")).count();
    }

    /** All queries so far, as type and name, prefixed with {@code TCP} if over TCP. */
    public List<String> questions() {
        return asked;
    }

    private void serveDatagrams() {
        byte[] buffer = new byte[512];
        while (!datagrams.isClosed()) {
            try {
                DatagramPacket question = new DatagramPacket(buffer, buffer.length);
                datagrams.receive(question);
                byte[] answer = answer(Arrays.copyOf(buffer, question.getLength()), false);
                if (answer != null) {
                    datagrams.send(new DatagramPacket(answer, answer.length, question.getSocketAddress()));
                }
            } catch (IOException e) {
                // closed, or the client has gone
            }
        }
    }

    private void serveConnections() {
        while (!connections.isClosed()) {
            try (Socket socket = connections.accept()) {
                DataInputStream in = new DataInputStream(socket.getInputStream());
                byte[] answer = answer(in.readNBytes(in.readUnsignedShort()), true);
                if (answer != null) {
                    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                    out.writeShort(answer.length);
                    out.write(answer);
                    out.flush();
                    in.read(); // waits until the client closes
                }
            } catch (IOException e) {
                // closed
            }
        }
    }

    private byte @Nullable [] answer(byte[] question, boolean tcp) throws IOException {
        StringBuilder name = new StringBuilder();
        int end = HEAD;
        while (question[end] != 0) {
            name.append(name.isEmpty() ? "" : ".");
            name.append(new String(question, end + 1, question[end], StandardCharsets.US_ASCII));
            end += question[end] + 1;
        }
        boolean v4 = question[end + 2] == TYPE_A;
        String asks = (v4 ? "A " : "AAAA ") + name.toString().toLowerCase(Locale.ROOT);
        asked.add(tcp ? "TCP " + asks : asks);
        Reply reply = zone.apply(asks);
        if (reply.code() < 0) {
            return null;
        }
        boolean truncated = reply.overTcp() && !tcp;
        List<String> addresses = truncated ? List.of() : reply.addresses();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(question, 0, 2);
        out.write(new byte[] {(byte) (truncated ? 0x83 : 0x81), (byte) (0x80 | reply.code())});
        out.write(new byte[] {0, 1, 0, (byte) addresses.size(), 0, 0, 0, 0});
        out.write(question, HEAD, end + 5 - HEAD);
        for (String address : addresses) {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            out.write(new byte[] {(byte) 0xC0, HEAD, 0, question[end + 2], 0, 1}); // pointer to the queried name
            out.write(ByteBuffer.allocate(6)
                    .putInt(reply.ttl())
                    .putShort((short) bytes.length)
                    .array());
            out.write(bytes);
        }
        return out.toByteArray();
    }

    @Override
    public void close() throws IOException {
        datagrams.close();
        connections.close();
    }
}
