package io.openuptimes.web;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.Status;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A service on the board, its status, and the bytes by which it stands in {@code GET /api/status}. */
final class BoardEntry {

    private Service service;
    private ServiceStatus status;
    private byte @Nullable [] fragment;

    BoardEntry(Service service, ServiceStatus status) {
        this.service = service;
        this.status = status;
    }

    Service service() {
        return service;
    }

    ServiceStatus status() {
        return status;
    }

    /** The status as callers see it: a paused service has none, whatever its last check found. */
    Status shown() {
        return service.paused() ? Status.UNKNOWN : status.status();
    }

    void service(Service changed) {
        service = changed;
        fragment = null;
    }

    void status(ServiceStatus changed) {
        status = changed;
        fragment = null;
    }

    /** The entry as a JSON object in UTF-8; made anew only after a change. Not to be written to. */
    byte[] fragment() {
        byte[] made = fragment;
        if (made == null) {
            made = json().getBytes(StandardCharsets.UTF_8);
            fragment = made;
        }
        return made;
    }

    private String json() {
        StringBuilder json = new StringBuilder(
                128 + service.name().length() + service.description().length());
        json.append("{\"name\":");
        quote(json, service.name());
        json.append(",\"description\":");
        quote(json, service.description());
        if (!service.group().isEmpty()) {
            json.append(",\"group\":");
            quote(json, service.group());
        }
        json.append(",\"status\":\"").append(shown().word()).append('"');
        if (service.paused()) {
            json.append(",\"paused\":true");
        }
        if (status.status() == Status.UNKNOWN) {
            return json.append(",\"lastChecked\":null,\"responseTime\":null}").toString();
        }
        json.append(",\"lastChecked\":").append(status.lastChecked());
        json.append(",\"responseTime\":").append(status.responseTime());
        if (shown() == Status.DOWN) {
            json.append(",\"error\":{\"class\":\"").append(status.outcome().word());
            json.append("\",\"text\":");
            quote(json, status.error());
            json.append('}');
        }
        return json.append('}').toString();
    }

    private static void quote(StringBuilder json, String text) {
        json.append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, json);
        json.append('"');
    }
}
