package io.openuptimes.store.command;

import static io.openuptimes.testing.Await.await;

import io.openuptimes.bus.AccessMessage;
import io.openuptimes.bus.AccessMessage.ListKeys;
import io.openuptimes.bus.AuditMessage;
import io.openuptimes.bus.AuditMessage.ReadAudit;
import io.openuptimes.bus.Bus;
import io.openuptimes.bus.Event;
import io.openuptimes.bus.SiteMessage;
import io.openuptimes.bus.SiteMessage.GetLogo;
import io.openuptimes.bus.SiteMessage.GetSite;
import io.openuptimes.bus.StoreMessage;
import io.openuptimes.bus.StoreMessage.All;
import io.openuptimes.bus.StoreMessage.GetHistoryTtl;
import io.openuptimes.bus.StoreMessage.LoadAll;
import io.openuptimes.bus.StoreMessage.ReadHistory;
import io.openuptimes.bus.StoreMessage.ReadTransitions;
import io.openuptimes.bus.StoreMessage.ReadUptimes;
import io.openuptimes.model.ApiKey;
import io.openuptimes.model.AuditEntry;
import io.openuptimes.model.HistoryEntry;
import io.openuptimes.model.Locations;
import io.openuptimes.model.OutcomeFilter;
import io.openuptimes.model.SeenCertificate;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.Transition;
import io.openuptimes.model.Uptime;
import io.openuptimes.model.UptimeReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Everything a store exposes on the bus, for comparing stores. Keyed by id, including locations. */
record StoreContents(
        Map<String, Service> services,
        Map<String, ServiceStatus> statuses,
        Map<String, SeenCertificate> certificates,
        Map<String, List<HistoryEntry>> histories,
        Map<String, UptimeReport> uptimes,
        List<Transition> transitions,
        List<ApiKey> keys,
        List<AuditEntry> audit,
        List<Object> settings) {

    static final int ALL = 100_000;

    static StoreContents of(Bus bus) {
        All all = await(bus.request(StoreMessage.LOAD_ALL, new LoadAll()));
        List<String> ids = new ArrayList<>();
        for (Service service : all.services()) {
            ids.add(service.id());
            service.locations().forEach(location -> ids.add(Locations.idAt(service.id(), location)));
        }
        Map<String, List<HistoryEntry>> histories = new TreeMap<>();
        ids.forEach(id -> histories.put(id, history(bus, id)));
        return new StoreContents(
                byId(all.services(), Service::id),
                byId(all.statuses(), ServiceStatus::serviceId),
                byId(all.certificates(), SeenCertificate::serviceId),
                histories,
                byId(
                        await(bus.request(StoreMessage.READ_UPTIMES, new ReadUptimes(ids))).reports().stream()
                                .map(StoreContents::lasting)
                                .toList(),
                        UptimeReport::serviceId),
                await(bus.request(StoreMessage.READ_TRANSITIONS, new ReadTransitions(null, null, null, ALL)))
                        .transitions()
                        .stream()
                        .map(Event.Turned::transition)
                        .toList(),
                await(bus.request(AccessMessage.LIST_KEYS, new ListKeys())).keys().stream()
                        .sorted(Comparator.comparing(ApiKey::id))
                        .toList(),
                await(bus.request(
                                AuditMessage.READ_AUDIT,
                                new ReadAudit(0, Long.MAX_VALUE, null, null, null, null, null, null, 100)))
                        .entries(),
                List.of(
                        await(bus.request(SiteMessage.GET_SITE, new GetSite())),
                        await(bus.request(SiteMessage.GET_LOGO, new GetLogo())),
                        await(bus.request(StoreMessage.GET_HISTORY_TTL, new GetHistoryTtl()))));
    }

    /** Without the times that pass between two looks: those of the current day. */
    private static UptimeReport lasting(UptimeReport report) {
        return new UptimeReport(
                report.serviceId(),
                Uptime.UNKNOWN,
                report.hoursFrom(),
                report.hours(),
                List.of(),
                report.daysFrom(),
                report.days(),
                report.dayTimes().subList(0, UptimeReport.DAYS - 1));
    }

    static List<HistoryEntry> history(Bus bus, String id) {
        return await(bus.request(
                        StoreMessage.READ_HISTORY,
                        new ReadHistory(id, 0, Long.MAX_VALUE, ALL, OutcomeFilter.ANY, true)))
                .entries();
    }

    private static <T> Map<String, T> byId(List<T> all, Function<T, String> id) {
        return all.stream().collect(Collectors.toMap(id, one -> one, (a, b) -> b, TreeMap::new));
    }
}
