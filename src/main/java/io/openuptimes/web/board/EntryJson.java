package io.openuptimes.web.board;

import io.openuptimes.model.Disclosure;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceFields;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.ServiceView;
import io.openuptimes.model.Status;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A service as lists in pages and events show it: always with every member, null where there is no value. */
public final class EntryJson {

    /** What an entry of the status may have. */
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
            "lastChecked",
            "responseTime",
            "statusCode",
            "since",
            "error",
            "locations");

    /** What an entry of the services has. */
    public static final Set<String> SERVICE_FIELDS = serviceFields();

    private final int defaultInterval;

    /**
     * @param defaultInterval seconds, for services that set none
     */
    public EntryJson(int defaultInterval) {
        this.defaultInterval = defaultInterval;
    }

    /**
     * What everybody may know.
     *
     * @param withVisible whether the audience sees hidden services, and so which are
     */
    public void append(StringBuilder json, Service service, ServiceStatus status, boolean withVisible) {
        append(new Members(json, null), service, status, false, null, withVisible);
    }

    /**
     * The same with what lists besides tell of an entry, or with some of it.
     *
     * @param fields those that are wanted; null for all
     */
    public void append(StringBuilder json, BoardEntry entry, boolean withVisible, @Nullable Set<String> fields) {
        append(
                new Members(json, fields),
                entry.service(),
                entry.status(),
                entry.isStale(),
                entry.located(),
                withVisible);
    }

    private void append(
            Members out,
            Service service,
            ServiceStatus status,
            boolean stale,
            @Nullable Located located,
            boolean withVisible) {
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
        appendState(out, service, status, stale, located);
        out.end();
    }

    private static void appendLabels(StringBuilder json, Service service) {
        Members labels = new Members(json, null);
        Map<String, String> all = service.labels();
        (all.size() < 2 ? all : new TreeMap<>(all)).forEach(labels::text);
        labels.end();
    }

    /**
     * All its fields, and its state apart from them; or some of these.
     *
     * @param disclosure how much of the fields is shown
     * @param fields those that are wanted; null for all
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
            Members state = new Members(json, null);
            appendState(state, entry.service(), entry.status(), entry.isStale(), entry.located());
            state.end();
        }
        json.append('}');
    }

    private static void appendState(
            Members out, Service service, ServiceStatus status, boolean stale, @Nullable Located located) {
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
        if (shown == Status.DOWN && out.wants("error")) {
            Members error = new Members(out.begin("error"), null);
            error.text("class", status.outcome().word());
            error.text("text", status.error());
            error.end();
        }
        if (stale) {
            out.value("stale", true);
        }
        if (located != null && out.wants("locations")) {
            located.append(out.begin("locations"), service);
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
