package io.openuptimes.bus;

import io.openuptimes.model.CheckResult;
import io.openuptimes.model.HistoryEntry;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.ResponseTimes;
import io.openuptimes.model.SeenCertificate;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.Uptime;
import io.openuptimes.model.UptimeReport;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the store verticle is asked, and answers. */
public sealed interface StoreMessage extends Message {

    /** Write a result now; answered once it is written. */
    record RecordResult(CheckResult result) implements StoreMessage {}

    /** Write these results when it suits; nobody waits for them. */
    record RecordResults(List<CheckResult> results) implements StoreMessage {}

    record LoadAll() implements StoreMessage {}

    /**
     * Everything that a copy in memory starts from.
     *
     * @param statuses one for each service, and of those with locations one for each of these where it was checked, by
     *     the id {@link io.openuptimes.model.Locations#idAt}
     * @param certificates of the services that have shown one
     * @param upTo whatever happened up to here is in it; some of what came later may be, too
     */
    record All(List<Service> services, List<ServiceStatus> statuses, List<SeenCertificate> certificates, EventId upTo)
            implements StoreMessage {

        /** Of services without certificates. */
        public All(List<Service> services, List<ServiceStatus> statuses, EventId upTo) {
            this(services, statuses, List.of(), upTo);
        }
    }

    /** Make a service of the fields that a caller sent; answered by {@link ServiceStored}. */
    record CreateService(Map<String, Object> fields, Authority by) implements StoreMessage {
        public CreateService(Map<String, Object> fields) {
            this(fields, Authority.FULL);
        }

        @Override
        public String toString() {
            return "CreateService"; // headers and body may hold secrets
        }
    }

    /**
     * Replace a service as a whole; answered by {@link ServiceStored}.
     *
     * @param tags one of which it must have, see {@link io.openuptimes.model.ServiceTag}; {@code *} for any, and empty
     *     for no condition. Likewise below; where it has none of them that fails with {@link Failures#CHANGED}
     * @param by what right; where the service or what is to become of it is beyond that, the request fails with
     *     {@link Failures#FORBIDDEN}. Likewise for all changes
     */
    record ReplaceService(ServiceRef which, Map<String, Object> fields, Set<String> tags, Authority by)
            implements StoreMessage {
        public ReplaceService(String name, Map<String, Object> fields) {
            this(ServiceRef.named(name), fields, Set.of(), Authority.FULL);
        }

        @Override
        public String toString() {
            return "ReplaceService[" + which.text() + "]";
        }
    }

    /** Change what is given of a service and keep the rest; answered by {@link ServiceStored}. */
    record PatchService(ServiceRef which, Map<String, Object> fields, Set<String> tags, Authority by)
            implements StoreMessage {
        public PatchService(String name, Map<String, Object> fields) {
            this(name, fields, Set.of());
        }

        public PatchService(String name, Map<String, Object> fields, Set<String> tags) {
            this(ServiceRef.named(name), fields, tags, Authority.FULL);
        }

        @Override
        public String toString() {
            return "PatchService[" + which.text() + "]";
        }
    }

    /**
     * @param service as it is stored now
     * @param before as it was stored; null where it was not
     */
    record ServiceStored(Service service, @Nullable Service before) implements StoreMessage {}

    record DeleteService(ServiceRef which, Set<String> tags, Authority by) implements StoreMessage {
        public DeleteService(String name) {
            this(ServiceRef.named(name), Set.of(), Authority.FULL);
        }
    }

    /**
     * @param service as it was, by whose id it can be restored
     * @param until and until when, epoch milliseconds
     */
    record ServiceDeleted(Service service, long until) implements StoreMessage {}

    /** Bring a deleted service back as it was; answered by {@link ServiceStored}. */
    record RestoreService(String serviceId, Authority by) implements StoreMessage {
        public RestoreService(String serviceId) {
            this(serviceId, Authority.FULL);
        }
    }

    /**
     * @param newest how many events at most
     */
    record ReadEvents(int newest) implements StoreMessage {}

    /**
     * All that happened after one event, up to now; whatever comes later is published.
     *
     * @param after that event
     * @param events oldest first, without services and their statuses
     */
    record PastEvents(EventId after, List<Event> events) implements StoreMessage {}

    /**
     * @param after only later ones, the oldest of them; null for the newest there are
     * @param before of the newest, only older ones; null for all
     * @param serviceId only of that service; null for all
     * @param limit transitions at most
     */
    record ReadTransitions(
            @Nullable EventId after,
            @Nullable EventId before,
            @Nullable String serviceId,
            int limit) implements StoreMessage {}

    /**
     * @param transitions oldest first
     * @param first nothing was passed over between this event
     * @param last and this one: with them it goes on, in either direction
     * @param more whether there are events beyond in the direction that was asked for
     * @param known false if what was asked for begins before the oldest event that is kept
     */
    record Transitions(List<Event.Turned> transitions, EventId first, EventId last, boolean more, boolean known)
            implements StoreMessage {}

    /**
     * @param serviceId whose, or that of {@link io.openuptimes.model.Locations#idAt}
     * @param from earliest timestamp, inclusive, epoch milliseconds
     * @param to latest timestamp, inclusive
     * @param limit entries at most
     * @param outcomes only checks that ended in one of these
     * @param peers whether failures tell which server they reached; for callers with a key
     */
    record ReadHistory(String serviceId, long from, long to, int limit, Set<Outcome> outcomes, boolean peers)
            implements StoreMessage {

        private static final Set<Outcome> ALL = Set.of(Outcome.values());

        public ReadHistory {
            outcomes = Set.copyOf(outcomes);
        }

        /** Whatever the checks ended in. */
        public ReadHistory(String serviceId, long from, long to, int limit) {
            this(serviceId, from, to, limit, ALL, false);
        }

        /** The same, with another end and limit. */
        public ReadHistory until(long latest, int most) {
            return new ReadHistory(serviceId, from, latest, most, outcomes, peers);
        }

        /** Whether some checks are left out, so that it may be a long way to the next one. */
        public boolean isNarrowed() {
            return !outcomes.equals(ALL);
        }
    }

    /**
     * @param entries newest first
     * @param more whether older ones are left within the bounds
     * @param uptime over the last day, week and month, as far as it is known
     */
    record History(List<HistoryEntry> entries, boolean more, Uptime uptime) implements StoreMessage {}

    /**
     * @param serviceId whose, or that of {@link io.openuptimes.model.Locations#idAt}
     * @param from earliest timestamp, inclusive, epoch milliseconds; the first step begins there
     * @param to latest timestamp, inclusive
     * @param points steps at most
     */
    record ReadResponseTimes(String serviceId, long from, long to, int points) implements StoreMessage {}

    /**
     * @param from as asked for
     * @param to as asked for
     * @param step milliseconds
     * @param points oldest first, without steps that have no checks
     */
    record ResponseTimeSeries(long from, long to, long step, List<ResponseTimes> points) implements StoreMessage {}

    /**
     * @param serviceIds whose counts, also those of {@link io.openuptimes.model.Locations#idAt}; each costs a read of a few kilobytes
     */
    record ReadUptimes(List<String> serviceIds) implements StoreMessage {}

    /** In the order in which they were asked for; without any check, all is zero. */
    record Uptimes(List<UptimeReport> reports) implements StoreMessage {}

    record ClearHistory() implements StoreMessage {}

    record GetHistoryTtl() implements StoreMessage {}

    /** Both the request that sets it and the answer: seconds, 0 for unlimited. */
    record HistoryTtl(long seconds) implements StoreMessage {}

    record GetStoreState() implements StoreMessage {}

    /**
     * @param latency of a PING, nanoseconds; null where Redis does not answer
     * @param queued results that wait to be written
     * @param dropped results lost since the start
     */
    record StoreState(
            @Nullable Long latency,
            int queued,
            long dropped,
            @Nullable String problem) implements StoreMessage {}

    record Ping() implements StoreMessage {}

    /** Redis's own answer to a PING. */
    record Pong(@Nullable String answer) implements StoreMessage {}
}
