package io.openuptimes.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A direct connection to a local Redis, to inspect data and inject faults bypassing the service. */
public final class RedisCalls implements AutoCloseable {

    private final SocketChannel channel;
    private final InputStream in;
    private final OutputStream out;

    private RedisCalls(SocketChannel channel) {
        this.channel = channel;
        this.in = new BufferedInputStream(Channels.newInputStream(channel));
        this.out = Channels.newOutputStream(channel);
    }

    /** @param port of the server on 127.0.0.1 */
    public static RedisCalls to(int port) throws IOException {
        return to(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /** @param server a TCP or Unix socket address */
    public static RedisCalls to(SocketAddress server) throws IOException {
        return new RedisCalls(SocketChannel.open(server));
    }

    /**
     * Sends a command and waits for its reply.
     *
     * @return a string, a {@link Long}, a list of these, or null
     * @throws IllegalStateException with the server's error message
     */
    public Object call(String... words) throws IOException {
        ByteArrayOutputStream command = new ByteArrayOutputStream();
        command.writeBytes(ascii("*" + words.length + "\r\n"));
        for (String word : words) {
            byte[] bytes = word.getBytes(StandardCharsets.ISO_8859_1);
            command.writeBytes(ascii("$" + bytes.length + "\r\n"));
            command.writeBytes(bytes);
            command.writeBytes(ascii("\r\n"));
        }
        out.write(command.toByteArray());
        return answer();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private Object answer() throws IOException {
        String line = line();
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '+' -> rest;
            case '-' -> throw new IllegalStateException(rest);
            case ':' -> Long.valueOf(rest);
            case '$' -> bulk(Integer.parseInt(rest));
            case '*' -> {
                List<Object> list = new ArrayList<>();
                for (int i = 0; i < Integer.parseInt(rest); i++) {
                    list.add(answer());
                }
                yield list;
            }
            default -> throw new IllegalStateException("not an answer: " + line);
        };
    }

    private String bulk(int length) throws IOException {
        if (length < 0) {
            return null;
        }
        String text = new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
        in.readNBytes(2);
        return text;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\r'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the server has ended the connection");
            }
            line.append((char) c);
        }
        in.read();
        return line.toString();
    }

    /** The values of all matching hashes and strings; a hash yields one line per field. */
    public SortedMap<String, String> content(String pattern) throws IOException {
        SortedMap<String, String> content = new TreeMap<>();
        for (Object key : (List<?>) call("KEYS", pattern)) {
            switch (String.valueOf(call("TYPE", (String) key))) {
                case "string" -> content.put((String) key, (String) call("GET", (String) key));
                case "hash" -> {
                    List<?> pairs = (List<?>) call("HGETALL", (String) key);
                    for (int i = 0; i < pairs.size(); i += 2) {
                        content.put(key + " " + pairs.get(i), (String) pairs.get(i + 1));
                    }
                }
                default -> content.put((String) key, "");
            }
        }
        return content;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
