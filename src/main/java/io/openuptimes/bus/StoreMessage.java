package io.openuptimes.bus;

import io.openuptimes.bus.Message.Done;
import io.openuptimes.health.Rules;
import io.openuptimes.health.Verdict;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.HistoryEntry;
import io.openuptimes.model.OutcomeFilter;
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

/** Requests to the store verticle, and its answers. */
public sealed interface StoreMessage extends Message {

    Address<RecordResult, Done> RECORD = new Address<>("store.record");
    Address<RecordResults, Done> RECORD_ALL = new Address<>("store.record.all");
    Address<LoadAll, All> LOAD_ALL = new Address<>("store.load");
    Address<CreateService, ServiceStored> CREATE_SERVICE = new Address<>("store.service.create");
    Address<ReplaceService, ServiceStored> REPLACE_SERVICE = new Address<>("store.service.replace");
    Address<PatchService, ServiceStored> PATCH_SERVICE = new Address<>("store.service.patch");
    Address<DeleteService, ServiceDeleted> DELETE_SERVICE = new Address<>("store.service.delete");
    Address<RestoreService, ServiceStored> RESTORE_SERVICE = new Address<>("store.service.restore");
    Address<ReadEvents, PastEvents> READ_EVENTS = new Address<>("store.events.read");
    Address<ReadTransitions, Transitions> READ_TRANSITIONS = new Address<>("store.transitions.read");
    Address<ReadHistory, History> READ_HISTORY = new Address<>("store.history.read");
    Address<ReadResponseTimes, ResponseTimeSeries> READ_RESPONSE_TIMES = new Address<>("store.response-times.read");
    Address<ReadUptimes, Uptimes> READ_UPTIMES = new Address<>("store.uptimes.read");
    Address<ClearHistory, Done> CLEAR_HISTORY = new Address<>("store.history.clear");
    Address<GetHistoryTtl, HistoryTtl> GET_HISTORY_TTL = new Address<>("store.history.ttl.get");
    Address<HistoryTtl, HistoryTtl> SET_HISTORY_TTL = new Address<>("store.history.ttl.set");
    Address<Ping, Pong> PING = new Address<>("store.ping");
    Address<GetStoreState, StoreState> STORE_STATE = new Address<>("store.state");

    /** Writes a result immediately; answered once it is written. */
    record RecordResult(Verdict verdict) implements StoreMessage {

        /** A result of a visible service, judged by the stored state. */
        public RecordResult(CheckResult result) {
            this(new Verdict(result, Rules.PLAIN, null, true, false));
        }
    }

    /** Queues results for writing; sent without an answer. */
    record RecordResults(List<Verdict> verdicts) implements StoreMessage {}

    record LoadAll() implements StoreMessage {}

    /**
     * A snapshot from which an in-memory copy starts.
     *
     * @param statuses one per service, plus one per location that has checked it, under the id
     *     {@link io.openuptimes.model.Locations#idAt}
     * @param certificates of services that have presented one
     * @param upTo the snapshot contains all events up to this one, and possibly later ones
     */
    record All(List<Service> services, List<ServiceStatus> statuses, List<SeenCertificate> certificates, EventId upTo)
            implements StoreMessage {

        /** Without certificates. */
        public All(List<Service> services, List<ServiceStatus> statuses, EventId upTo) {
            this(services, statuses, List.of(), upTo);
        }
    }

    /** Creates a service from the fields that a caller sent; answered by {@link ServiceStored}. */
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
     * Replaces a service; answered by {@link ServiceStored}.
     *
     * @param tags the service must have one of these entity tags, see {@link io.openuptimes.model.ServiceTag},
     *     otherwise the request fails with {@link Failures#CHANGED}; {@code *} accepts any, empty means no condition.
     *     The same applies to the requests below
     * @param by the request fails with {@link Failures#FORBIDDEN} if the service is outside this permission before or
     *     after the change. The same applies to all changes
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

    /** Changes the given fields of a service; answered by {@link ServiceStored}. */
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
     * @param service as stored now
     * @param before the change; null if the service is new
     */
    record ServiceStored(Service service, @Nullable Service before) implements StoreMessage {}

    record DeleteService(ServiceRef which, Set<String> tags, Authority by) implements StoreMessage {
        public DeleteService(String name) {
            this(ServiceRef.named(name), Set.of(), Authority.FULL);
        }
    }

    /**
     * @param service as it was; its id can be used to restore it
     * @param until when it can no longer be restored, epoch milliseconds
     */
    record ServiceDeleted(Service service, long until) implements StoreMessage {}

    /** Restores a deleted service; answered by {@link ServiceStored}. */
    record RestoreService(String serviceId, Authority by) implements StoreMessage {
        public RestoreService(String serviceId) {
            this(serviceId, Authority.FULL);
        }
    }

    /**
     * @param newest maximum number of events
     */
    record ReadEvents(int newest) implements StoreMessage {}

    /**
     * All events after the given one, up to now; later ones are published.
     *
     * @param after the given event
     * @param events oldest first, without services and statuses
     */
    record PastEvents(EventId after, List<Event> events) implements StoreMessage {}

    /**
     * @param after returns the oldest transitions after this event; null returns the newest
     * @param before limits the newest to those before this event; null for no limit
     * @param serviceId limits the result to one service; null for all
     * @param limit maximum number of transitions
     */
    record ReadTransitions(
            @Nullable EventId after,
            @Nullable EventId before,
            @Nullable String serviceId,
            int limit) implements StoreMessage {}

    /**
     * @param transitions oldest first
     * @param first start of the range that was searched completely; a position to continue from
     * @param last end of that range; a position to continue from
     * @param more whether there are more events in the requested direction
     * @param known false if the requested range starts before the oldest event that is kept
     */
    record Transitions(List<Event.Turned> transitions, EventId first, EventId last, boolean more, boolean known)
            implements StoreMessage {}

    /**
     * @param serviceId of the service, or {@link io.openuptimes.model.Locations#idAt} for one location
     * @param from earliest timestamp, inclusive, epoch milliseconds
     * @param to latest timestamp, inclusive, epoch milliseconds
     * @param limit maximum number of entries
     * @param outcomes selects checks by their outcome
     * @param peers whether failures include the server's address; only for callers with a key
     * @param maxAge how long a result stays current, milliseconds, for the uptime; 0 for without limit
     */
    record ReadHistory(
            String serviceId, long from, long to, int limit, OutcomeFilter outcomes, boolean peers, long maxAge)
            implements StoreMessage {

        /** With results that stay current without limit. */
        public ReadHistory(String serviceId, long from, long to, int limit, OutcomeFilter outcomes, boolean peers) {
            this(serviceId, from, to, limit, outcomes, peers, 0);
        }

        /** With any outcome. */
        public ReadHistory(String serviceId, long from, long to, int limit) {
            this(serviceId, from, to, limit, OutcomeFilter.ANY, false);
        }

        /** The same query with another end and limit. */
        public ReadHistory until(long latest, int most) {
            return new ReadHistory(serviceId, from, latest, most, outcomes, peers, maxAge);
        }

        /** Whether outcomes are filtered, so that the next matching check may be far away. */
        public boolean isNarrowed() {
            return !outcomes.equals(OutcomeFilter.ANY);
        }
    }

    /**
     * @param entries newest first
     * @param more whether older entries remain in the requested range
     * @param uptime over the last day, week and month, as far as known
     */
    record History(List<HistoryEntry> entries, boolean more, Uptime uptime) implements StoreMessage {}

    /**
     * @param serviceId of the service, or {@link io.openuptimes.model.Locations#idAt} for one location
     * @param from earliest timestamp, inclusive, epoch milliseconds; the first step starts here
     * @param to latest timestamp, inclusive, epoch milliseconds
     * @param points maximum number of steps
     */
    record ReadResponseTimes(String serviceId, long from, long to, int points) implements StoreMessage {}

    /**
     * @param from as requested
     * @param to as requested
     * @param step milliseconds
     * @param points oldest first; steps without checks are left out
     */
    record ResponseTimeSeries(long from, long to, long step, List<ResponseTimes> points) implements StoreMessage {}

    /**
     * @param serviceIds of services, or {@link io.openuptimes.model.Locations#idAt}; each costs a read of a few
     *     kilobytes
     * @param maxAges how long their results stay current, milliseconds, by id; without limit if missing
     */
    record ReadUptimes(List<String> serviceIds, Map<String, Long> maxAges) implements StoreMessage {

        /** With results that stay current without limit. */
        public ReadUptimes(List<String> serviceIds) {
            this(serviceIds, Map.of());
        }

        public long maxAge(String serviceId) {
            return maxAges.getOrDefault(serviceId, 0L);
        }
    }

    /** In the requested order; all counts are zero for a service without checks. */
    record Uptimes(List<UptimeReport> reports) implements StoreMessage {}

    record ClearHistory() implements StoreMessage {}

    record GetHistoryTtl() implements StoreMessage {}

    /** Both the request and its answer: seconds, 0 for unlimited. */
    record HistoryTtl(long seconds) implements StoreMessage {}

    record GetStoreState() implements StoreMessage {}

    /**
     * @param latency of a PING, nanoseconds; null if Redis does not answer
     * @param queued number of results waiting to be written
     * @param dropped number of results lost since the start
     */
    record StoreState(
            @Nullable Long latency,
            int queued,
            long dropped,
            @Nullable String problem) implements StoreMessage {}

    record Ping() implements StoreMessage {}

    /** Redis's answer to a PING. */
    record Pong(@Nullable String answer) implements StoreMessage {}
}
