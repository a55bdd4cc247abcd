package io.openuptimes.web.board;

import io.openuptimes.model.Disclosure;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceFields;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.ServiceView;
import io.openuptimes.model.Status;
import io.openuptimes.web.http.JsonMembers;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A service in lists in pages and in events: always with every member, null if there is no value. */
public final class EntryJson {

    /** Possible members of a status entry. */
    public static final Set<String> STATUS_FIELDS = inOrder(
            "id",
            "name",
            "description",
            "group",
            "paused",
            "interval",
            "visible",
            "labels",
            "status",
            "stale",
            "provisional",
            "degraded",
            "degradedBy",
            "confirming",
            "flapping",
            "reason",
            "lastChecked",
            "responseTime",
            "statusCode",
            "since",
            "error",
            "locations",
            "warnings",
            "certificate");

    /** Members of a service entry. */
    public static final Set<String> SERVICE_FIELDS = serviceFields();

    private final int defaultInterval;
    private final boolean withDetails;

    /**
     * @param defaultInterval seconds, for services without an interval
     */
    public EntryJson(int defaultInterval) {
        this(defaultInterval, false);
    }

    private EntryJson(int defaultInterval, boolean withDetails) {
        this.defaultInterval = defaultInterval;
        this.withDetails = withDetails;
    }

    /** Seconds between two checks of a service without an interval. */
    public int defaultInterval() {
        return defaultInterval;
    }

    /**
     * Returns a variant that includes complete certificates, which can be kilobytes, for answers about one service.
     *
     * @param wanted whether the answer is about one service and its caller may see the whole certificate
     */
    public EntryJson withDetails(boolean wanted) {
        return wanted == withDetails ? this : new EntryJson(defaultInterval, wanted);
    }

    /**
     * Appends the public members.
     *
     * @param withVisible whether to include {@code visible}, for audiences that see hidden services
     */
    public void append(StringBuilder json, Service service, ServiceStatus status, boolean withVisible) {
        JsonMembers out = new JsonMembers(json, null);
        append(out, service, withVisible);
        appendStatus(out, service, status);
        out.end();
    }

    /**
     * Also appends the members that only lists have, or a selection.
     *
     * @param withVisible whether to include {@code visible}, for audiences that see hidden services
     * @param fields members to include; null for all
     */
    public void append(StringBuilder json, BoardEntry entry, boolean withVisible, @Nullable Set<String> fields) {
        JsonMembers out = new JsonMembers(json, fields);
        append(out, entry.service(), withVisible);
        appendState(out, entry);
        out.end();
    }

    private void append(JsonMembers out, Service service, boolean withVisible) {
        out.text("id", service.id());
        out.text("name", service.name());
        out.text("description", service.description());
        out.text("group", service.group());
        out.value("paused", service.paused());
        out.value("interval", service.intervalOr(defaultInterval));
        if (withVisible) {
            out.value("visible", service.visible());
            if (out.wants("labels")) {
                appendLabels(out.begin("labels"), service);
            }
        }
    }

    private static void appendLabels(StringBuilder json, Service service) {
        JsonMembers labels = new JsonMembers(json, null);
        Map<String, String> all = service.labels();
        (all.size() < 2 ? all : new TreeMap<>(all)).forEach(labels::text);
        labels.end();
    }

    /**
     * Appends a service's fields with its state as a separate member, or a selection.
     *
     * @param disclosure how much of the fields is shown
     * @param fields members to include; null for all
     */
    public void appendWithFields(
            StringBuilder json, BoardEntry entry, Disclosure disclosure, @Nullable Set<String> fields) {
        Map<String, Object> map = ServiceView.of(entry.service(), disclosure);
        if (fields != null) {
            map.keySet().retainAll(fields);
        }
        String encoded = new JsonObject(map).encode();
        json.append(encoded, 0, encoded.length() - 1);
        if (fields == null || fields.contains("state")) {
            json.append(map.isEmpty() ? "" : ",").append("\"state\":");
            JsonMembers state = new JsonMembers(json, null);
            appendState(state, entry);
            state.end();
        }
        json.append('}');
    }

    /** Appends the status and the rest of the current state. */
    private void appendState(JsonMembers out, BoardEntry entry) {
        appendStatus(out, entry.service(), entry.status());
        if (entry.isStale()) {
            out.value("stale", true);
        }
        if (entry.marks().provisional()) {
            out.value("provisional", true);
        }
        if (BoardEntry.isConfirming(entry.status(), entry.marks())) {
            out.value("confirming", true);
        }
        String reason = BoardEntry.reason(entry.status(), entry.marks());
        if (reason != null) {
            out.text("reason", reason);
        }
        Located located = entry.located();
        if (located != null && out.wants("locations")) {
            located.append(out.begin("locations"), entry.service());
        }
        if (out.wants("warnings")) {
            CertificateJson.warnings(out.begin("warnings"), entry.warning());
        }
        if (out.wants("certificate")) {
            CertificateJson.append(out.begin("certificate"), entry.certificate(), withDetails);
        }
    }

    private static void appendStatus(JsonMembers out, Service service, ServiceStatus status) {
        Status shown = BoardEntry.shown(service, status);
        out.text("status", shown.word());
        out.number("lastChecked", status.lastChecked());
        if (status.status() == Status.UNKNOWN) {
            out.number("responseTime", 0);
        } else {
            out.value("responseTime", status.responseTime());
        }
        out.number("statusCode", status.statusCode());
        out.number("since", status.since());
        if (status.flapping()) {
            out.value("flapping", true);
        }
        if (shown == Status.DOWN && status.outcome().isFailure()) {
            appendCause(out, "error", status);
        } else if (shown == Status.UP && status.isDegraded()) {
            out.value("degraded", true);
            appendCause(out, "degradedBy", status);
        }
    }

    private static void appendCause(JsonMembers out, String name, ServiceStatus status) {
        if (out.wants(name)) {
            JsonMembers cause = new JsonMembers(out.begin(name), null);
            cause.text("class", status.outcome().word());
            cause.text("text", status.outcome().text(status.error()));
            cause.end();
        }
    }

    private static Set<String> serviceFields() {
        Set<String> fields = new LinkedHashSet<>(ServiceFields.SHOWN);
        fields.add("state");
        return Collections.unmodifiableSet(fields);
    }

    private static Set<String> inOrder(String... names) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(List.of(names)));
    }
}
