package io.openuptimes.testing;

import io.openuptimes.bus.Failures.Refused;
import io.openuptimes.store.link.Link;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.RequestImpl;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A link that fails or delays the commands that a test selects by their first words. Belongs to the event loop of the
 * link behind it.
 */
public final class SteeredLink implements Link {

    private record Awaited(String command, Promise<Void> sent) {}

    private final Link link;
    private final List<String> sent = new ArrayList<>();
    private final List<Awaited> awaited = new ArrayList<>();
    private final Map<String, Future<?>> gates = new HashMap<>();
    private @Nullable String failing;
    private boolean away;

    public SteeredLink(Link link) {
        this.link = link;
    }

    /** Refuses commands with these first words. */
    public void fail(String command) {
        failing = command;
    }

    public void failNothing() {
        failing = null;
    }

    /** Sends commands with these first words only once the gate opens. */
    public void hold(String command, Future<?> gate) {
        gates.put(command, gate);
    }

    /** Counts as disconnected from now on; commands still arrive. */
    public void goAway() {
        away = true;
    }

    public void comeBack() {
        away = false;
    }

    /** The commands with these first words so far, including held and refused ones. */
    public List<String> sent(String command) {
        return sent.stream().filter(line -> line.startsWith(command)).toList();
    }

    /** Completes at the first command with these first words. */
    public Future<Void> whenSent(String command) {
        Awaited one = new Awaited(command, Promise.promise());
        awaited.add(one);
        tell();
        return one.sent().future();
    }

    private void tell() {
        awaited.stream().filter(one -> !sent(one.command()).isEmpty()).forEach(one -> one.sent()
                .tryComplete());
    }

    private static String words(Request request) {
        RequestImpl command = (RequestImpl) request;
        String arguments = command.getArgs().stream()
                .map(argument -> " " + new String(argument, StandardCharsets.ISO_8859_1))
                .collect(Collectors.joining());
        return command.command().toString().toUpperCase(Locale.ROOT) + arguments;
    }

    @Override
    public Future<@Nullable Response> send(Request command) {
        String words = words(command);
        sent.add(words);
        tell();
        if (failing != null && words.startsWith(failing)) {
            return Future.failedFuture(Refused.unreachable());
        }
        return gates.entrySet().stream()
                .filter(gate -> words.startsWith(gate.getKey()))
                .findFirst()
                .map(gate -> gate.getValue().compose(open -> link.send(command)))
                .orElseGet(() -> link.send(command));
    }

    @Override
    public Future<List<@Nullable Response>> batch(List<Request> commands) {
        return link.batch(commands);
    }

    @Override
    public void open() {
        link.open();
    }

    @Override
    public boolean isUp() {
        return !away && link.isUp();
    }

    @Override
    public Future<Void> confirm() {
        return link.confirm();
    }

    @Override
    public Future<Void> verify() {
        return link.verify();
    }

    @Override
    public Future<Void> close() {
        return link.close();
    }
}
