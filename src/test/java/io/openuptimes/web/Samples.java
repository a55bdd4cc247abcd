package io.openuptimes.web;

import io.openuptimes.bus.EventId;
import io.openuptimes.model.InvalidInputException;
import io.openuptimes.model.Method;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Phases;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceFields;
import io.openuptimes.model.ServiceStatus;
import java.util.Map;

/** Services and statuses for tests. */
final class Samples {

    private Samples() {}

    static Service service(String id, String name) {
        return service(id, name, true);
    }

    static Service service(String id, String name, boolean visible) {
        return new Service(
                id,
                1_000,
                name,
                "http://localhost/" + id,
                "",
                "",
                200,
                Method.GET,
                10_000,
                null,
                visible,
                false,
                Map.of(),
                null,
                true,
                false);
    }

    /** Like that one with other fields, as a caller would name them. */
    static Service with(Service service, Map<String, ?> fields) {
        Map<String, Object> all = ServiceFields.toMap(service);
        all.putAll(fields);
        try {
            return ServiceFields.parse(all, service.id(), service.createdAt());
        } catch (InvalidInputException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static EventId event(long number) {
        return new EventId("run", number);
    }

    static ServiceStatus up(String id, long at) {
        return new ServiceStatus(id, Outcome.UP, at, at, 200, 12, Phases.NONE, "");
    }

    static ServiceStatus down(String id, long at) {
        return new ServiceStatus(id, Outcome.TIMEOUT, at, at, 0, 500, Phases.NONE, "no answer within 500 ms");
    }
}
