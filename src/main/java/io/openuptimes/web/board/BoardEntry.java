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
        return status.isChecked();
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
        if (isConfirming(status, marks)) {
            json.append(",\"confirming\":true");
        }
        if (status.flapping()) {
            json.append(",\"flapping\":true");
        }
        String reason = reason(status, marks);
        if (reason != null) {
            json.append(",\"reason\":\"").append(reason).append('"');
        }
        json.append(",\"lastChecked\":");
        JsonText.orNull(json, status.lastChecked());
        json.append(",\"responseTime\":");
        if (status.status() == Status.UNKNOWN) {
            json.append("null");
        } else {
            json.append(status.responseTime());
        }
        appendCause(json, shown, status);
        if (located != null) {
            located.append(json.append(",\"locations\":"), service);
        }
        CertificateJson.warnings(json.append(",\"warnings\":"), warning(service, certificate));
        CertificateJson.append(json.append(",\"certificate\":"), certificate, false);
        json.append('}');
    }

    /** Whether a check contradicts the status, but is still being confirmed. */
    static boolean isConfirming(ServiceStatus status, Marks marks) {
        return status.confirming() || marks.confirming();
    }

    /** Why the status is unknown, as in the API; null if it is known, or was never checked. */
    static @Nullable String reason(ServiceStatus status, Marks marks) {
        String reason = marks.reason();
        boolean isTold = status.isChecked() && status.outcome().status() == Status.UNKNOWN;
        return reason == null && isTold ? status.outcome().word() : reason;
    }

    /** Appends why the service is down or degraded, if it is. */
    static void appendCause(StringBuilder json, Status shown, ServiceStatus status) {
        if (shown == Status.DOWN && status.outcome().isFailure()) {
            appendCause(json, "error", status);
        } else if (shown == Status.UP && status.isDegraded()) {
            appendCause(json.append(",\"degraded\":true"), "degradedBy", status);
        }
    }

    private static void appendCause(StringBuilder json, String name, ServiceStatus status) {
        json.append(",\"")
                .append(name)
                .append("\":{\"class\":\"")
                .append(status.outcome().word());
        json.append("\",\"text\":");
        JsonText.quote(json, status.outcome().text(status.error()));
        json.append('}');
    }
}
