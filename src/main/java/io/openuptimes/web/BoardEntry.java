package io.openuptimes.web;

import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.Status;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A service on the board, its status, and the bytes by which it stands in {@code GET /api/status}. */
final class BoardEntry {

    private Service service;
    private ServiceStatus status;
    private byte @Nullable [] fragment;
    private @Nullable String folded;
    private @Nullable String foldedUrl;

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

    boolean wasChecked() {
        return status.status() != Status.UNKNOWN;
    }

    /**
     * Whether a text is in its name, description or group.
     *
     * @param sought folded
     */
    boolean mentions(String sought) {
        String text = folded;
        if (text == null) {
            // between them a character that no text has
            text = fold(service.name() + '\uFFFF' + service.description() + '\uFFFF' + service.group());
            folded = text;
        }
        return text.contains(sought);
    }

    /** Likewise for the URL, which is not for everybody. */
    boolean urlMentions(String sought) {
        String text = foldedUrl;
        if (text == null) {
            text = fold(service.url());
            foldedUrl = text;
        }
        return text.contains(sought);
    }

    /** Texts that differ in nothing but case are the same when folded. */
    static String fold(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    void service(Service changed) {
        service = changed;
        fragment = null;
        folded = null;
        foldedUrl = null;
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
        JsonText.quote(json, service.name());
        json.append(",\"description\":");
        JsonText.quote(json, service.description());
        if (!service.group().isEmpty()) {
            json.append(",\"group\":");
            JsonText.quote(json, service.group());
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
            JsonText.quote(json, status.error());
            json.append('}');
        }
        return json.append('}').toString();
    }
}
