package io.openuptimes.web;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.openuptimes.bus.EventId;
import io.openuptimes.model.InvalidInputException;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Phases;
import io.openuptimes.model.ServerCertificate;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceFields;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.web.board.StatusBoard;
import io.openuptimes.web.events.EventStreams;
import io.openuptimes.web.events.StreamMetrics;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Services and statuses for tests. */
public final class Samples {

    /** The end of a {@code GET /api/status} entry without a certificate. */
    public static final String NO_CERTIFICATE = ",\"warnings\":[],\"certificate\":null";

    private Samples() {}

    /** For shop.example.com and its internal name, with a chain valid for a year longer. */
    public static ServerCertificate certificate(long validFrom, long validTo) {
        return certificate(validFrom, validTo, validTo + TimeUnit.DAYS.toMillis(365));
    }

    public static ServerCertificate certificate(long validFrom, long validTo, long chainValidTo) {
        return new ServerCertificate(
                validFrom,
                validTo,
                chainValidTo,
                "CN=Secret Issuer,O=Example",
                List.of("shop.example.com", "secret.internal"),
                "5ec2e7".repeat(10) + "abcd");
    }

    public static Service service(String id, String name) {
        return service(id, name, true);
    }

    public static Service service(String id, String name, boolean visible) {
        Map<String, Object> fields = Map.of("name", name, "url", "http://localhost/" + id, "visible", visible);
        try {
            return ServiceFields.parse(fields, id, 1_000);
        } catch (InvalidInputException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** A copy with another name, which may be longer than the API allows. */
    public static Service named(Service service, String name) {
        return new Service(
                service.id(),
                service.createdAt(),
                service.declared(),
                name,
                service.url(),
                service.description(),
                service.group(),
                service.timeout(),
                service.interval(),
                service.visible(),
                service.paused(),
                service.labels(),
                service.locations(),
                service.quorum(),
                service.policy(),
                service.spec(),
                service.unknown());
    }

    /** A copy with changed fields, in the API's representation. */
    public static Service with(Service service, Map<String, ?> fields) {
        Map<String, Object> all = ServiceFields.toMap(service);
        all.putAll(fields);
        try {
            return ServiceFields.parse(all, service.id(), service.createdAt());
        } catch (InvalidInputException e) {
            throw new IllegalArgumentException(e);
        }
    }

    public static EventStreams streams(Vertx vertx, StatusBoard board) {
        return new EventStreams(vertx, board, 60, new StreamMetrics(new SimpleMeterRegistry()));
    }

    public static EventId event(long number) {
        return new EventId(number, 0);
    }

    public static ServiceStatus up(String id, long at) {
        return new ServiceStatus(id, Outcome.UP, at, at, 200, 12, Phases.NONE, "");
    }

    public static ServiceStatus down(String id, long at) {
        return new ServiceStatus(id, Outcome.TIMEOUT, at, at, 0, 500, Phases.NONE, "no response within 500 ms");
    }
}
