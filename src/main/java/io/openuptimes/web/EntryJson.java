package io.openuptimes.web;

import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceFields;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.Status;
import io.vertx.core.json.JsonObject;

/** A service as lists in pages and events show it: always with every member, null where there is no value. */
final class EntryJson {

    private final int defaultInterval;

    /**
     * @param defaultInterval seconds, for services that set none
     */
    EntryJson(int defaultInterval) {
        this.defaultInterval = defaultInterval;
    }

    /**
     * What everybody may know.
     *
     * @param withVisible whether the audience sees hidden services, and so which are
     */
    void append(StringBuilder json, Service service, ServiceStatus status, boolean withVisible) {
        json.append("{\"id\":");
        JsonText.quote(json, service.id());
        json.append(",\"name\":");
        JsonText.quote(json, service.name());
        json.append(",\"description\":");
        JsonText.quote(json, service.description());
        json.append(",\"group\":");
        JsonText.quote(json, service.group());
        Integer interval = service.interval();
        json.append(",\"paused\":").append(service.paused());
        json.append(",\"interval\":").append(interval == null ? defaultInterval : interval);
        if (withVisible) {
            json.append(",\"visible\":").append(service.visible());
        }
        json.append(',');
        appendState(json, service, status);
        json.append('}');
    }

    /** All its fields, and its state apart from them. */
    void appendWithFields(StringBuilder json, Service service, ServiceStatus status) {
        String fields = new JsonObject(ServiceFields.toMap(service)).encode();
        json.append(fields, 0, fields.length() - 1).append(",\"state\":{");
        appendState(json, service, status);
        json.append("}}");
    }

    private static void appendState(StringBuilder json, Service service, ServiceStatus status) {
        Status shown = service.paused() ? Status.UNKNOWN : status.status();
        json.append("\"status\":\"").append(shown.word()).append('"');
        json.append(",\"lastChecked\":");
        JsonText.orNull(json, status.lastChecked());
        json.append(",\"responseTime\":");
        if (status.status() == Status.UNKNOWN) {
            json.append("null");
        } else {
            json.append(status.responseTime());
        }
        json.append(",\"statusCode\":");
        JsonText.orNull(json, status.statusCode());
        json.append(",\"since\":");
        JsonText.orNull(json, status.since());
        if (shown == Status.DOWN) {
            json.append(",\"error\":{\"class\":\"").append(status.outcome().word());
            json.append("\",\"text\":");
            JsonText.quote(json, status.error());
            json.append('}');
        }
    }
}
