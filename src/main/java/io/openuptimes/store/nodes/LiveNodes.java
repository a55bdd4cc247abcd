package io.openuptimes.store.nodes;

import io.openuptimes.model.Node;
import io.openuptimes.store.data.Keys;
import io.openuptimes.store.data.Script;
import io.openuptimes.store.link.Link;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads which nodes are live, for a process that is not a node. */
public final class LiveNodes {

    /** The format that {@code share.lua} writes: {@code <seen> <mode>@<location> <the node's own data>}. */
    private static final Pattern RECORD = Pattern.compile("(\\d+) \\S@\\S* (.*)", Pattern.DOTALL);

    private LiveNodes() {}

    /** Nodes by name, without their partitions; leaves out those silent for {@link NodeTiming#ttlMs()}. */
    public static Future<List<Node>> of(Link link) {
        return link.batch(List.of(
                        Script.NOW.call(1).arg(Keys.NODES),
                        Request.cmd(Command.HGETALL).arg(Keys.NODES)))
                .map(answers -> live(answers.get(0), answers.get(1)));
    }

    private static List<Node> live(@Nullable Response now, @Nullable Response stored) {
        if (now == null || stored == null) {
            throw new IllegalStateException("Redis did not answer");
        }
        return stored.getKeys().stream()
                .map(id -> Map.entry(id, stored.get(id).toString()))
                .flatMap(node -> seen(node.getKey(), node.getValue(), now.toLong()))
                .filter(Sync.Seen::live)
                .map(seen -> NodeRecord.decode(seen, ""))
                .sorted(Comparator.comparing(Node::name).thenComparing(Node::id))
                .toList();
    }

    private static Stream<Sync.Seen> seen(String id, String record, long now) {
        Matcher matcher = RECORD.matcher(record);
        if (!matcher.matches()) {
            return Stream.of();
        }
        long seen = Long.parseLong(matcher.group(1));
        boolean live = now - seen <= NodeTiming.USUAL.ttlMs();
        return Stream.of(new Sync.Seen(id, seen, live, 0, matcher.group(2)));
    }
}
