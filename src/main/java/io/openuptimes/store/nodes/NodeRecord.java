package io.openuptimes.store.nodes;

import io.openuptimes.bus.CheckMessage.Lag;
import io.openuptimes.bus.CheckMessage.ScheduleReport;
import io.openuptimes.model.Node;
import io.openuptimes.model.NodeEgress;
import io.openuptimes.model.NodeOutage;
import io.openuptimes.model.Outcome;
import io.openuptimes.store.data.StoredJson;
import io.openuptimes.store.format.Formats;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The data that a node publishes about itself, as JSON. */
public final class NodeRecord {

    private final JsonObject fixed;
    private final Supplier<List<String>> secretKeys;
    private @Nullable ScheduleReport report;
    private NodeEgress egress = NodeEgress.NONE;

    /**
     * @param startedAt epoch milliseconds
     * @param secretKeys ids of the keys with which the node can read secrets; more may be added
     */
    public NodeRecord(
            String name, @Nullable String location, String version, long startedAt, Supplier<List<String>> secretKeys) {
        this.secretKeys = secretKeys;
        fixed = new JsonObject()
                .put("name", name)
                .put("location", location)
                .put("version", version)
                .put("format", Formats.OWN.highest())
                .put("startedAt", startedAt);
    }

    /** The node's location, null for none. */
    @Nullable
    String location() {
        return fixed.getString("location");
    }

    void reported(ScheduleReport latest) {
        report = latest;
    }

    void ownNetwork(NodeEgress latest) {
        egress = latest;
    }

    /**
     * @param queued number of results waiting to be written
     */
    String encode(int queued) {
        JsonObject json = fixed.copy().put("queued", queued).put("secretKeys", new JsonArray(secretKeys.get()));
        json.put("egress", encode(egress));
        ScheduleReport latest = report;
        if (latest != null) {
            Lag lag = latest.lag();
            json.put("services", latest.held())
                    .put("checksPerSecond", latest.checksPerSecond())
                    .put("lagP99", lag == null ? null : lag.p99())
                    .put("overdue", latest.overdue());
        }
        return json.encode();
    }

    private static JsonObject encode(NodeEgress egress) {
        JsonObject json = new JsonObject().put("targets", egress.targets());
        NodeOutage outage = egress.outage();
        return outage == null
                ? json
                : json.put("reason", outage.reason().word()).put("since", outage.beganAt());
    }

    private static @Nullable NodeEgress egress(@Nullable JsonObject json) {
        if (json == null) {
            return null;
        }
        String reason = json.getString("reason");
        return new NodeEgress(
                json.getInteger("targets", 0),
                reason == null ? null : new NodeOutage(reason(reason), json.getLong("since", 0L), null));
    }

    private static Outcome reason(String word) {
        return word.equals(Outcome.RESOLVER.word()) ? Outcome.RESOLVER : Outcome.EGRESS;
    }

    /**
     * @param selfId id of the node that asks
     */
    static Node decode(Sync.Seen seen, String selfId) {
        try {
            return StoredJson.read(seen.about(), json -> decode(seen, selfId, json));
        } catch (IllegalArgumentException e) {
            return decode(seen, selfId, new JsonObject()); // of another version
        }
    }

    private static Node decode(Sync.Seen seen, String selfId, JsonObject json) {
        return new Node(
                seen.id(),
                json.getString("name", seen.id()),
                json.getString("location"),
                json.getString("version", ""),
                json.getLong("startedAt", 0L),
                seen.seen(),
                seen.live(),
                seen.id().equals(selfId),
                seen.partitions(),
                json.getInteger("services", 0),
                json.getDouble("checksPerSecond", 0.0),
                json.getLong("lagP99"),
                json.getInteger("overdue", 0),
                json.getInteger("queued", 0),
                json.getInteger("format", Formats.UNNUMBERED),
                egress(json.getJsonObject("egress")),
                json.getJsonArray("secretKeys", new JsonArray()).stream()
                        .map(String::valueOf)
                        .toList());
    }
}
