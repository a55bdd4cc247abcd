package io.openuptimes.store.asks;

import io.openuptimes.bus.CheckMessage;
import io.openuptimes.bus.CheckMessage.CheckForOthers;
import io.openuptimes.bus.NodeMessage;
import io.openuptimes.bus.NodeMessage.AskElsewhere;
import io.openuptimes.bus.NodeMessage.SeenElsewhere;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Node;
import io.openuptimes.model.Outcome;
import io.openuptimes.runtime.Throttle;
import io.openuptimes.store.feature.Feature;
import io.openuptimes.store.feature.StoreContext;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks other nodes to check a service, and checks services for them. */
public final class AsksFeature implements Feature {

    private static final Logger log = LoggerFactory.getLogger(AsksFeature.class);

    /** Requests per second; during a large outage, the first word counts for the rest. */
    private static final int MAX_PER_SECOND = 100;

    private static final int MAX_ERROR = 500;

    private static final String FROM = "from";
    private static final String NUMBER = "n";
    private static final String SERVICE = "service";
    private static final String URL_HASH = "url";
    private static final String CODE = "code";
    private static final String ERROR = "error";

    private final StoreContext store;
    private final Supplier<List<Node>> nodes;
    private final String own;
    private final @Nullable AskStream stream;
    private final Throttle throttle = new Throttle(MAX_PER_SECOND, TimeUnit.SECONDS.toNanos(1), System::nanoTime);
    private final Map<Long, Asked> asked = new HashMap<>();
    private long number;

    private record Asked(Node node, Promise<SeenElsewhere> answer) {}

    /**
     * @param alone whether there can be no other nodes
     * @param nodes all nodes, including this one
     */
    public AsksFeature(StoreContext store, boolean alone, Supplier<List<Node>> nodes) {
        this.store = store;
        this.nodes = nodes;
        this.own = store.events().origin();
        this.stream = alone ? null : new AskStream(store.vertx(), store.links(), store.link(), own, this::received);
    }

    @Override
    public Future<?> serve() {
        return store.bus().serve(NodeMessage.ASK_ELSEWHERE, this::ask);
    }

    @Override
    public void open() {
        if (stream != null) {
            stream.open();
        }
    }

    @Override
    public Future<?> close() {
        return stream == null ? Future.succeededFuture() : stream.close();
    }

    /** Answers {@link SeenElsewhere#NOTHING} if there is no other node, too much is asked, or no answer in time. */
    private Future<SeenElsewhere> ask(AskElsewhere message) {
        AskStream to = stream;
        Node node = to == null || !store.link().isUp() ? null : other();
        if (to == null || node == null || !throttle.passes()) {
            return Future.succeededFuture(SeenElsewhere.NOTHING);
        }
        long ask = number++;
        Asked open = new Asked(node, Promise.promise());
        asked.put(ask, open);
        store.vertx().setTimer(message.patience(), late -> end(ask, SeenElsewhere.NOTHING));
        to.send(
                        node.id(),
                        Map.of(
                                FROM,
                                own,
                                NUMBER,
                                String.valueOf(ask),
                                SERVICE,
                                message.serviceId(),
                                URL_HASH,
                                String.valueOf(message.urlHash())))
                .onFailure(failure -> end(ask, SeenElsewhere.NOTHING));
        return open.answer().future();
    }

    /** Another live node of this node's location; each in turn. */
    private @Nullable Node other() {
        List<Node> all = nodes.get();
        Node self = all.stream().filter(Node::self).findFirst().orElse(null);
        if (self == null) {
            return null;
        }
        List<Node> others = all.stream()
                .filter(node -> node.live() && !node.self() && node.egress() != null) // older versions do not answer
                .filter(node -> Objects.equals(node.location(), self.location()))
                .toList();
        return others.isEmpty() ? null : others.get((int) (number % others.size()));
    }

    private void end(long ask, SeenElsewhere answer) {
        Asked open = asked.remove(ask);
        if (open != null) {
            open.answer().complete(answer);
        }
    }

    private void received(Map<String, String> fields) {
        try {
            if (fields.containsKey(CODE)) {
                answered(fields);
            } else {
                check(fields);
            }
        } catch (IllegalArgumentException | NullPointerException e) {
            log.warn("cannot read what another node asks: {}", e.getMessage());
        }
    }

    private void answered(Map<String, String> fields) {
        long ask = Long.parseLong(fields.get(NUMBER));
        Asked open = asked.get(ask);
        if (open != null) {
            Outcome outcome = Outcome.ofCode(Integer.parseInt(fields.get(CODE)));
            end(ask, new SeenElsewhere(open.node().name(), outcome, fields.getOrDefault(ERROR, "")));
        }
    }

    /** Answers that nothing was seen if the service is unknown here, or has another URL. */
    private void check(Map<String, String> fields) {
        String asker = Objects.requireNonNull(fields.get(FROM));
        String ask = Objects.requireNonNull(fields.get(NUMBER));
        int urlHash = Integer.parseInt(fields.get(URL_HASH));
        store.bus()
                .request(CheckMessage.CHECK_FOR_OTHERS, new CheckForOthers(Objects.requireNonNull(fields.get(SERVICE))))
                .onComplete(tried -> {
                    CheckResult result = tried.succeeded() ? tried.result().result() : null;
                    boolean same = result != null && result.urlHash() == urlHash;
                    answer(asker, ask, same ? result : null);
                });
    }

    private void answer(String asker, String ask, @Nullable CheckResult result) {
        Outcome outcome = result == null ? Outcome.NONE : result.outcome();
        String error = result == null
                ? ""
                : result.error().substring(0, Math.min(result.error().length(), MAX_ERROR));
        Objects.requireNonNull(stream)
                .send(asker, Map.of(NUMBER, ask, CODE, String.valueOf(outcome.code()), ERROR, error));
    }
}
