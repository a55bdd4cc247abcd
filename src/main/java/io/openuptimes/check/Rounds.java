package io.openuptimes.check;

import io.openuptimes.bus.CheckMessage.CheckNow;
import io.openuptimes.bus.CheckMessage.Checked;
import io.openuptimes.bus.CheckMessage.Round;
import io.openuptimes.bus.Failures;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Service;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks that a caller asks for: all at once within the usual limits, answered when all are stored. */
final class Rounds {

    private final Schedule schedule;
    private final Checks checks;
    private @Nullable Future<Round> roundOfAll;

    Rounds(Schedule schedule, Checks checks) {
        this.schedule = schedule;
        this.checks = checks;
    }

    /** A round of all that is under way is shared; it leaves out what is paused. */
    Future<Round> check(CheckNow wanted) {
        if (!wanted.serviceIds().isEmpty()) {
            return run(wanted.serviceIds().stream()
                    .distinct()
                    .map(schedule::find)
                    .filter(service -> service != null)
                    .toList());
        }
        Future<Round> current = roundOfAll;
        if (current != null && !current.isComplete()) {
            return current;
        }
        Future<Round> next = run(schedule.services().stream()
                .filter(service -> !service.paused())
                .toList());
        roundOfAll = next;
        return next;
    }

    private Future<Round> run(List<Service> services) {
        List<Service> ordered = new ArrayList<>(services);
        ordered.sort(Comparator.comparing(Service::name));
        List<Future<CheckResult>> results = new ArrayList<>(ordered.size());
        for (Service service : ordered) {
            results.add(checks.checkAndStore(service));
        }
        return Future.join(results).transform(joined -> {
            List<Checked> checked = new ArrayList<>(results.size());
            for (int i = 0; i < results.size(); i++) {
                Future<CheckResult> result = results.get(i);
                if (result.succeeded()) {
                    Service now = schedule.find(result.result().serviceId()); // it may have been changed meanwhile
                    checked.add(new Checked(now == null ? ordered.get(i) : now, result.result()));
                } else if (Failures.codeOf(result.cause()) != Failures.NOT_FOUND) {
                    return Future.failedFuture(result.cause());
                }
            }
            return Future.succeededFuture(new Round(List.copyOf(checked)));
        });
    }
}
