package io.openuptimes.store.results;

import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Locations;
import io.openuptimes.model.SeenCertificate;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.Status;
import io.openuptimes.model.Transition;
import io.openuptimes.model.Viewpoint;
import io.openuptimes.store.data.RecordCommands;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Interprets the answers of {@code record.lua}: what became of each result and of its service. */
final class RecordAnswers {

    private static final Status[] STATUS_BY_CODE = {Status.UNKNOWN, Status.UP, Status.DOWN};

    private final ResultMetrics metrics;
    private final CertificateStore certificates;

    /**
     * @param metrics count what was not written
     * @param certificates know which certificates are new
     */
    RecordAnswers(ResultMetrics metrics, CertificateStore certificates) {
        this.metrics = metrics;
        this.certificates = certificates;
    }

    /**
     * @param calls the results of each call
     * @param answers the answer to each call
     */
    Written read(List<List<Pending>> calls, List<@Nullable Response> answers) {
        List<ServiceStatus> statuses = new ArrayList<>();
        List<Transition> transitions = new ArrayList<>();
        List<SeenCertificate> seen = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            List<Pending> results = calls.get(i);
            long[] codes = RecordCommands.codes(
                    answers.get(i), results.stream().map(Pending::fenced).toList());
            int next = 0;
            for (Pending pending : results) {
                CheckResult result = pending.result();
                Viewpoint viewpoint = result.viewpoint();
                long code = codes[next++];
                count(code, pending);
                SeenCertificate change = code < 0 ? null : certificates.change(result);
                if (change != null) {
                    seen.add(change);
                }
                if (viewpoint == null) {
                    changed(pending, result.timestamp(), code, statuses, transitions);
                    continue;
                }
                long ofService = codes[next++];
                long timestamp = codes[next++];
                if (code >= 0) {
                    String id = Locations.idAt(result.serviceId(), viewpoint.location());
                    statuses.add(status(id, result, result.timestamp(), code / 4));
                }
                changed(pending, timestamp, ofService, statuses, transitions);
            }
        }
        return new Written(List.copyOf(statuses), List.copyOf(transitions), List.copyOf(seen));
    }

    /**
     * @param timestamp under which the service's result is stored
     */
    private static void changed(
            Pending pending, long timestamp, long code, List<ServiceStatus> statuses, List<Transition> transitions) {
        if (code < 0) {
            return;
        }
        CheckResult result = pending.result();
        long since = code / 4;
        statuses.add(status(result.serviceId(), result, timestamp, since));
        if (since == timestamp && !pending.again()) {
            transitions.add(new Transition(
                    result.serviceId(),
                    STATUS_BY_CODE[(int) (code % 4)],
                    result.outcome().status(),
                    timestamp,
                    result.outcome(),
                    result.error(),
                    result.outcome().isFailure() ? result.peer() : null));
        }
    }

    private void count(long code, Pending pending) {
        if (code == RecordCommands.OUTDATED && !pending.again()) {
            metrics.resultOutdated();
        } else if (code == RecordCommands.SUPERSEDED && !pending.again()) {
            metrics.resultSuperseded();
        }
    }

    private static ServiceStatus status(String id, CheckResult result, long timestamp, long since) {
        return new ServiceStatus(
                id,
                result.outcome(),
                timestamp,
                since,
                result.statusCode(),
                result.responseTime(),
                result.phases(),
                result.error());
    }
}
