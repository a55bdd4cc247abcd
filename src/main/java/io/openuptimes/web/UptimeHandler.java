package io.openuptimes.web;

import io.openuptimes.bus.Bus;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.ReadUptimes;
import io.openuptimes.model.Service;
import io.openuptimes.model.UptimeReport;
import io.openuptimes.web.board.StatusBoard;
import io.openuptimes.web.http.Answers;
import io.openuptimes.web.http.Endpoint;
import io.openuptimes.web.http.Errors;
import io.openuptimes.web.http.Outflow;
import io.openuptimes.web.http.Query;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.Json;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/uptime}: states and check counts of some services, by hour and day. */
final class UptimeHandler {

    private static final int MAX_SERVICES = 100;

    /** Bytes per service while an answer is built. */
    private static final long REPORT = 16_000;

    private final Bus bus;
    private final SeenServices seen;
    private final int defaultInterval;
    private final UptimeMemory memory = new UptimeMemory(System::nanoTime);

    /**
     * @param defaultInterval seconds, for services without an interval
     */
    UptimeHandler(Bus bus, StatusBoard board, int defaultInterval) {
        this.bus = bus;
        this.defaultInterval = defaultInterval;
        this.seen = new SeenServices(board);
    }

    static List<Endpoint> of(WebContext web) {
        return new UptimeHandler(web.bus(), web.board(), web.settings().checks().interval()).endpoints();
    }

    List<Endpoint> endpoints() {
        return List.of(Endpoint.open("getUptime", HttpMethod.GET, "/api/uptime", this::uptime)
                .taking("id", "service", "location"));
    }

    private void uptime(RoutingContext context) {
        Map<String, Service> wanted = wanted(context);
        Map<String, Buffer> reports = new HashMap<>();
        for (String id : wanted.keySet()) {
            Buffer known = memory.find(id);
            if (known != null) {
                reports.put(id, known);
            }
        }
        Map<String, Long> missing = new LinkedHashMap<>();
        wanted.forEach((id, service) -> {
            if (!reports.containsKey(id)) {
                missing.put(id, service.maxAge(defaultInterval));
            }
        });
        Outflow.of(context.vertx())
                .reserved(context, wanted.size() * REPORT, () -> read(missing, reports))
                .onSuccess(read -> Answers.tagged(context, body(wanted, reports)))
                .onFailure(context::fail);
    }

    /** By store id, in request order; without services that the caller cannot see. */
    private Map<String, Service> wanted(RoutingContext context) {
        Query query = Query.of(context);
        List<String> ids = query.all("id");
        List<String> names = query.all("service");
        if (ids.isEmpty() && names.isEmpty()) {
            throw Errors.invalid("id", "is required unless service is given; repeat either for several services");
        }
        if (ids.size() + names.size() > MAX_SERVICES) {
            throw Errors.invalid("id", "can be given at most " + MAX_SERVICES + " times, counting service");
        }
        seen.requireLoaded();
        Map<String, Service> wanted = new LinkedHashMap<>();
        ids.forEach(id -> add(wanted, seen.findById(context, id), query));
        names.forEach(name -> add(wanted, seen.findNamed(context, name), query));
        return wanted;
    }

    private static void add(Map<String, Service> wanted, @Nullable Service service, Query query) {
        if (service != null) {
            wanted.put(SeenServices.idOf(service, query), service);
        }
    }

    private Future<Void> read(Map<String, Long> maxAges, Map<String, Buffer> reports) {
        if (maxAges.isEmpty()) {
            return Future.succeededFuture();
        }
        return bus.request(StoreMessage.READ_UPTIMES, new ReadUptimes(List.copyOf(maxAges.keySet()), maxAges))
                .map(uptimes -> {
                    for (UptimeReport report : uptimes.reports()) {
                        Buffer rendered = UptimeMemory.render(report);
                        memory.keep(report.serviceId(), rendered);
                        reports.put(report.serviceId(), rendered);
                    }
                    return null;
                });
    }

    private static Buffer body(Map<String, Service> wanted, Map<String, Buffer> reports) {
        Buffer body = Buffer.buffer("{\"services\":[");
        String separator = "";
        for (Map.Entry<String, Service> entry : wanted.entrySet()) {
            Service service = entry.getValue();
            body.appendString(separator)
                    .appendString("{\"id\":")
                    .appendString(Json.encode(service.id()))
                    .appendString(",\"name\":")
                    .appendString(Json.encode(service.name()))
                    .appendBuffer(reports.get(entry.getKey()));
            separator = ",";
        }
        return body.appendString("]}");
    }
}
