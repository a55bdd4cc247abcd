package io.openuptimes.web.metrics;

import io.openuptimes.model.DatedCertificate;
import io.openuptimes.model.Disclosure;
import io.openuptimes.model.Phases;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.ServiceView;
import io.openuptimes.model.Status;
import io.openuptimes.web.board.Frozen;
import java.util.ArrayList;
import java.util.List;

/**
 * The series of services. A paused service has only its state, because its last result would trigger alerts. A service
 * without a result, or with a stale one, is neither up nor down and has no response time.
 */
final class ServiceSeries {

    private static final String PREFIX = "openuptimes_service_";

    private final ServiceLabels labels;
    private final boolean details;
    private final Disclosure disclosure;
    private final List<Family> all = new ArrayList<>();
    private final StringBuilder of = new StringBuilder(300);

    private final Family up = family("up", "Whether the last check found it up");
    private final Family seconds = family("response_seconds", "Response time of the last check");
    private final Family checked = family("last_check_timestamp_seconds", "When the last check started, Unix time");
    private final Family expiry =
            family("certificate_expiry_seconds", "When the server's certificate expires, Unix time");
    private final Family state = family("state", "1 for the state it is in: up, down, stale, paused, unknown");
    private final Family degraded = family("degraded", "1 if it is up, but not as it should be");
    private final Family confirming =
            family("confirming", "1 while checks contradict its state and are being confirmed");
    private final Family flapping = family("flapping", "1 while its state changes too often");
    private final Family failure =
            new Family(PREFIX + "failure", "1 for the failure class of the last check, if it failed");
    private final Family code = new Family(PREFIX + "status_code", "HTTP status code of the last check's answer");
    private final Family phases = new Family(PREFIX + "phase_seconds", "Where the time of the last check went");
    private final Family info = new Family(PREFIX + "info", "1, with the URL that is checked");

    /**
     * @param details whether to include failure class, status code and phases
     * @param disclosure how much of a URL the caller sees
     */
    ServiceSeries(ServiceLabels labels, boolean details, Disclosure disclosure) {
        this.labels = labels;
        this.details = details;
        this.disclosure = disclosure;
        if (details) {
            all.addAll(List.of(failure, code, phases));
        }
        if (disclosure != Disclosure.PUBLIC) {
            all.add(info);
        }
    }

    private Family family(String name, String help) {
        Family made = new Family(PREFIX + name, help);
        all.add(made);
        return made;
    }

    void add(Frozen segment, int index) {
        Service service = segment.service(index);
        ServiceStatus status = segment.status(index);
        of.setLength(0);
        labels.append(of, service);
        state.line(of, "state", state(service, status, segment.isStale(index))).end(1);
        if (disclosure != Disclosure.PUBLIC) {
            info.line(of, "url", ServiceView.url(service, disclosure)).end(1);
        }
        if (service.paused()) {
            return;
        }
        DatedCertificate certificate = segment.certificate(index);
        if (certificate != null) {
            // the leaf certificate's, like validTo; a chain that expires earlier counts as a service with a warning
            expiry.line(of);
            expiry.end(certificate.certificate().validTo() / 1_000);
        }
        if (status.isChecked()) {
            checked.line(of);
            checked.endSeconds(status.lastChecked());
            mark(flapping, status.flapping());
            if (!segment.isStale(index) && status.status() != Status.UNKNOWN) {
                current(status);
            }
        }
    }

    private void current(ServiceStatus status) {
        up.line(of);
        up.end(status.status() == Status.UP ? 1 : 0);
        mark(degraded, status.isDegraded());
        mark(confirming, status.confirming());
        seconds.line(of);
        seconds.endSeconds(status.responseTime());
        if (!details) {
            return;
        }
        if (status.status() == Status.DOWN && status.outcome().isFailure()) {
            failure.line(of, "class", status.outcome().word()).end(1);
        }
        if (status.statusCode() != 0) {
            code.line(of);
            code.end(status.statusCode());
        }
        Phases spent = status.phases();
        phase("dns", spent.dns());
        phase("connect", spent.connect());
        phase("tls", spent.tls());
        phase("firstByte", spent.firstByte());
        phase("transfer", spent.transfer());
    }

    /** These are rare, so there is a line only if it is true. */
    private void mark(Family family, boolean isTrue) {
        if (isTrue) {
            family.line(of);
            family.end(1);
        }
    }

    private void phase(String name, int millis) {
        phases.line(of, "phase", name).endSeconds(millis);
    }

    private static String state(Service service, ServiceStatus status, boolean stale) {
        if (service.paused()) {
            return "paused";
        }
        return stale ? "stale" : status.status().word();
    }

    /** Each metric's lines are contiguous, as the format requires. */
    void addTo(List<byte[]> pieces) {
        all.forEach(family -> pieces.addAll(family.pieces()));
    }
}
