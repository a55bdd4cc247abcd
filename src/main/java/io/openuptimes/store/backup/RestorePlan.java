package io.openuptimes.store.backup;

import io.openuptimes.model.Locations;
import io.openuptimes.store.data.HistoryLimits;
import io.openuptimes.store.secrets.SecretBox;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What must be known about a whole backup before its first record is restored. */
final class RestorePlan {

    private final BackupFile file;
    private final RecordCounts counts = new RecordCounts();
    private final Set<String> gone = new HashSet<>();
    private final Set<String> secretKeys = new TreeSet<>();
    private long records;
    private long ttlSeconds = HistoryLimits.DEFAULT.ttlSeconds();

    private RestorePlan(BackupFile file) {
        this.file = file;
    }

    /**
     * Reads all records. Blocks.
     *
     * @throws io.openuptimes.bus.Failures.Refused if one of them is invalid
     */
    static RestorePlan of(BackupFile file) throws IOException {
        RestorePlan plan = new RestorePlan(file);
        try {
            plan.read(file.items());
        } catch (NumberFormatException | DecodeException e) {
            throw file.damaged();
        }
        return plan;
    }

    private void read(BackupFile.Items items) throws IOException {
        Item item = items.next();
        while (item.kind() != Kind.END) {
            look(item);
            counts.add(item);
            records++;
            item = items.next();
        }
        if (!items.isAtEnd() || !new JsonObject(item.text(0)).equals(counts.toJson())) {
            throw file.damaged();
        }
    }

    private void look(Item item) {
        switch (item.kind()) {
            case SERVICE -> secretKeys.addAll(SecretBox.keyIdsIn(item.text(2)));
            case DAY, STATES -> dayOf(item);
            case GONE -> gone.add(item.text(0));
            case VALUE, SET, HASH, ENTRY -> lookAtShared(item);
            default -> {}
        }
    }

    private void lookAtShared(Item item) {
        Shared shared = Shared.of(item.kind(), item.text(0));
        if (shared == null) {
            throw file.damaged();
        }
        if (shared == Shared.SETTINGS) {
            List<byte[]> pairs = item.from(1);
            for (int i = 0; i < pairs.size(); i += 2) {
                if (Arrays.equals(pairs.get(i), Item.bytes(HistoryLimits.TTL))) {
                    ttlSeconds = Long.parseLong(item.text(2 + i));
                }
            }
        }
    }

    /** The day, or the period of a state log. */
    static long dayOf(Item item) {
        return Long.parseLong(item.text(1));
    }

    /** Whether the file's data about a service, or about its location, is to be restored. */
    boolean has(String id) {
        return gone.isEmpty() || !gone.contains(Locations.serviceId(id));
    }

    /** Ids of the keys needed to read its secrets. */
    Set<String> secretKeys() {
        return secretKeys;
    }

    /** How long its settings keep history, seconds; 0 for unlimited. */
    long ttlSeconds() {
        return ttlSeconds;
    }

    /** Number of records without the last one. */
    long records() {
        return records;
    }

    long services() {
        return counts.of(Kind.SERVICE) - gone.size();
    }

    long days() {
        return counts.of(Kind.DAY);
    }
}
