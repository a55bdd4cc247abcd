package io.openuptimes.web.board;

import io.openuptimes.model.DatedCertificate;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.Status;
import io.openuptimes.model.Warning;
import io.openuptimes.web.http.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A service on the board, its current state, and its serialized form in {@code GET /api/status}. */
public final class BoardEntry {

    private Service service;
    private ServiceStatus status;
    private byte @Nullable [] fragment;

    private @Nullable Segment segment;
    private Marks marks = Marks.NONE;
    private @Nullable Located located;
    private @Nullable DatedCertificate certificate;

    BoardEntry(Service service, ServiceStatus status) {
        this(service, status, Located.of(service, location -> null));
    }

    /**
     * @param located null for a service without locations
     */
    BoardEntry(Service service, ServiceStatus status, @Nullable Located located) {
        this.service = service;
        this.status = status;
        this.located = located;
    }

    public Service service() {
        return service;
    }

    public ServiceStatus status() {
        return status;
    }

    /** The status as callers see it: a paused service has none, whatever its last check found. */
    static Status shown(Service service, ServiceStatus status) {
        return service.paused() ? Status.UNKNOWN : status.status();
    }

    public boolean wasChecked() {
        return status.status() != Status.UNKNOWN;
    }

    /** Returns whether the last result is too old to count. */
    public boolean isStale() {
        return marks.stale();
    }

    /** Whether this node would miss newer results of the service, see {@link Outlook#isBlind}. */
    boolean isBlind() {
        return marks.blind();
    }

    Marks marks() {
        return marks;
    }

    void marks(Marks now) {
        if (!marks.equals(now)) {
            marks = now;
            changed();
        }
    }

    /** The segment that contains the entry. */
    Segment segment() {
        return Objects.requireNonNull(segment);
    }

    void segment(Segment now) {
        segment = now;
    }

    /** The states at its locations; null for a service without locations. */
    @Nullable
    Located located() {
        return located;
    }

    void located(@Nullable Located now) {
        if (located != now) {
            located = now;
            changed();
        }
    }

    /** The certificate that the server last presented; null if there was none. */
    @Nullable
    DatedCertificate certificate() {
        return certificate;
    }

    void certificate(@Nullable DatedCertificate now) {
        certificate = now;
        changed();
    }

    /** Returns whether it has a {@link #warning()}. */
    public boolean isWarned() {
        return isWarned(service, certificate);
    }

    /** A paused service has no warning, because its certificate's renewal would go unnoticed. */
    static boolean isWarned(Service service, @Nullable DatedCertificate certificate) {
        return !service.paused() && certificate != null && certificate.isEnding();
    }

    /** A problem that needs attention soon although the service is up; null for none. */
    @Nullable
    Warning warning() {
        return warning(service, certificate);
    }

    private static @Nullable Warning warning(Service service, @Nullable DatedCertificate certificate) {
        return service.paused() || certificate == null ? null : certificate.warning();
    }

    void service(Service changed) {
        Located known = located;
        located = Located.of(changed, location -> known == null ? null : known.find(location));
        if (!service.url().equals(changed.url())) {
            certificate = null; // belongs to another server
        }
        service = changed;
        changed();
    }

    void status(ServiceStatus changed) {
        status = changed;
        changed();
    }

    private void changed() {
        fragment = null;
    }

    /** The entry as a JSON object in UTF-8, rebuilt only after a change. Must not be modified. */
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
                192 + service.name().length() + service.description().length());
        append(json, service, status, marks, located, certificate);
        return json.toString();
    }

    static void append(
            StringBuilder json,
            Service service,
            ServiceStatus status,
            Marks marks,
            @Nullable Located located,
            @Nullable DatedCertificate certificate) {
        Status shown = shown(service, status);
        json.append("{\"name\":");
        JsonText.quote(json, service.name());
        json.append(",\"description\":");
        JsonText.quote(json, service.description());
        if (!service.group().isEmpty()) {
            json.append(",\"group\":");
            JsonText.quote(json, service.group());
        }
        json.append(",\"status\":\"").append(shown.word()).append('"');
        if (service.paused()) {
            json.append(",\"paused\":true");
        }
        if (marks.stale()) {
            json.append(",\"stale\":true");
        }
        if (marks.provisional()) {
            json.append(",\"provisional\":true");
        }
        String reason = marks.reason();
        if (reason != null) {
            json.append(",\"reason\":\"").append(reason).append('"');
        }
        if (status.status() == Status.UNKNOWN) {
            json.append(",\"lastChecked\":null,\"responseTime\":null");
        } else {
            json.append(",\"lastChecked\":").append(status.lastChecked());
            json.append(",\"responseTime\":").append(status.responseTime());
            if (shown == Status.DOWN) {
                appendError(json, status);
            }
        }
        if (located != null) {
            located.append(json.append(",\"locations\":"), service);
        }
        CertificateJson.warnings(json.append(",\"warnings\":"), warning(service, certificate));
        CertificateJson.append(json.append(",\"certificate\":"), certificate, false);
        json.append('}');
    }

    static void appendError(StringBuilder json, ServiceStatus status) {
        json.append(",\"error\":{\"class\":\"").append(status.outcome().word());
        json.append("\",\"text\":");
        JsonText.quote(json, status.outcome().text(status.error()));
        json.append('}');
    }
}
