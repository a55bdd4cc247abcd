package io.openuptimes.testing;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.ParserHandler;
import io.vertx.redis.client.impl.RESPParser;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A Redis server, cluster node or sentinel on the loopback that gives scripted replies and records the commands it
 * receives. Accepts connections and scripts without being told to. Thread-safe.
 */
public final class ScriptedRedis {

    /** The reply of a server that hangs. */
    public static final String SILENCE = "";

    public static final String OK = "+OK\r\n";
    public static final String NULL = "_\r\n";

    private static final int MAX_DEPTH = 16;

    private record Expected(String command, int times, Promise<Void> seen) {}

    private final NetServer listener;
    private final Map<String, Deque<String>> script = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final List<Expected> expected = new ArrayList<>();
    private final Set<NetSocket> connections = new HashSet<>();
    private final List<Promise<Void>> leaving = new ArrayList<>();
    private final Map<String, Future<?>> gates = new HashMap<>();
    private boolean away;

    private ScriptedRedis(Vertx vertx) {
        listener = vertx.createNetServer().connectHandler(this::connected);
        answers("HELLO", "%1\r\n" + bulk("proto") + number(3));
        answers("SCRIPT LOAD", bulk("sha"));
        answers("ASKING", OK);
    }

    /** Starts a server on a free port; it stops with the Vert.x instance. */
    public static Future<ScriptedRedis> start(Vertx vertx) {
        ScriptedRedis server = new ScriptedRedis(vertx);
        return server.listener.listen(0, "127.0.0.1").map(server);
    }

    /**
     * Sets the replies to a command, one per request; the last one repeats.
     *
     * @param command its first words; the longest match counts
     * @param replies in RESP, or {@link #SILENCE}
     */
    public synchronized ScriptedRedis answers(String command, String... replies) {
        script.put(command, new ArrayDeque<>(List.of(replies)));
        return this;
    }

    /** Withholds the replies to a command with these first words until the gate opens. */
    public synchronized ScriptedRedis holds(String command, Future<?> gate) {
        gates.put(command, gate);
        return this;
    }

    /** Closes all connections, including those yet to be accepted. The port stays taken. */
    public void goAway() {
        List<NetSocket> open;
        synchronized (this) {
            away = true;
            open = List.copyOf(connections);
        }
        open.forEach(NetSocket::close);
    }

    public synchronized void comeBack() {
        away = false;
    }

    public int port() {
        return listener.actualPort();
    }

    public String address() {
        return "127.0.0.1:" + port();
    }

    public String url() {
        return "redis://" + address();
    }

    /** All commands so far except for handshakes, in order of arrival. */
    public synchronized List<String> asked() {
        return asked.stream().filter(command -> !command.startsWith("HELLO")).toList();
    }

    /** The commands with these first words, in order of arrival. */
    public synchronized List<String> asked(String command) {
        return asked.stream().filter(line -> line.startsWith(command)).toList();
    }

    /** Completes when the command has been received this many times in all. */
    public synchronized Future<Void> whenAsked(String command, int times) {
        Expected wanted = new Expected(command, times, Promise.promise());
        expected.add(wanted);
        complete();
        return wanted.seen().future();
    }

    /** Completes when there is no connection. */
    public synchronized Future<Void> whenDeserted() {
        Promise<Void> left = Promise.promise();
        leaving.add(left);
        completeIfDeserted();
        return left.future();
    }

    private void completeIfDeserted() {
        if (connections.isEmpty()) {
            leaving.forEach(Promise::tryComplete);
            leaving.clear();
        }
    }

    private void complete() {
        expected.stream()
                .filter(wanted -> asked(wanted.command()).size() >= wanted.times())
                .forEach(wanted -> wanted.seen().tryComplete());
    }

    private void connected(NetSocket socket) {
        synchronized (this) {
            if (!away) {
                connections.add(socket);
            }
        }
        socket.closeHandler(closed -> left(socket));
        socket.exceptionHandler(failure -> socket.close());
        socket.handler(parser(command -> answer(socket, command)));
        if (isAway()) {
            socket.close();
        }
    }

    private synchronized boolean isAway() {
        return away;
    }

    private synchronized void left(NetSocket socket) {
        connections.remove(socket);
        completeIfDeserted();
    }

    private void answer(NetSocket socket, Response words) {
        String command = words.get(0).toString().toUpperCase(Locale.ROOT)
                + words.stream().skip(1).map(word -> " " + word).collect(Collectors.joining());
        String reply;
        Future<?> gate;
        synchronized (this) {
            asked.add(command);
            reply = reply(command);
            gate = longest(gates, command);
            complete();
        }
        if (reply.equals(SILENCE)) {
            return;
        }
        if (gate == null) {
            socket.write(reply);
        } else {
            gate.onComplete(open -> socket.write(reply));
        }
    }

    private String reply(String command) {
        Deque<String> replies = longest(script, command);
        if (replies == null) {
            return error("ERR not in the script: " + command);
        }
        return replies.size() > 1 ? replies.removeFirst() : replies.getFirst();
    }

    /** The value of the longest key that begins the command; null if there is none. */
    private static <T> @Nullable T longest(Map<String, T> byFirstWords, String command) {
        return byFirstWords.keySet().stream()
                .filter(command::startsWith)
                .max(Comparator.comparingInt(String::length))
                .map(byFirstWords::get)
                .orElse(null);
    }

    public static String bulk(String text) {
        return "$" + text.length() + "\r\n" + text + "\r\n";
    }

    public static String number(int number) {
        return ":" + number + "\r\n";
    }

    public static String error(String text) {
        return "-" + text + "\r\n";
    }

    /** A list of replies. */
    public static String list(String... items) {
        return "*" + items.length + "\r\n" + String.join("", items);
    }

    /** A reply as the client parses it. */
    public static Response parsed(String reply) {
        List<Response> responses = new ArrayList<>();
        parser(responses::add).handle(Buffer.buffer(reply));
        return responses.get(0);
    }

    private static RESPParser parser(Consumer<Response> handler) {
        return new RESPParser(
                new ParserHandler() {
                    @Override
                    public void handle(Response response) {
                        handler.accept(response);
                    }

                    @Override
                    public void fail(Throwable failure) {
                        throw new IllegalArgumentException(failure);
                    }
                },
                MAX_DEPTH);
    }
}
