package io.openuptimes.bus;

import io.openuptimes.model.CheckResult;
import io.openuptimes.model.HistoryEntry;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.ResponseTimes;
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
     * @param statuses one for each service
     * @param upTo whatever was published up to here is in it; some of what came later may be, too
     */
    record All(List<Service> services, List<ServiceStatus> statuses, EventId upTo) implements StoreMessage {}

    /** Make a service of the fields that a caller sent; answered by {@link ServiceStored}. */
    record CreateService(Map<String, Object> fields) implements StoreMessage {
        @Override
        public String toString() {
            return "CreateService"; // headers and body may hold secrets
        }
    }

    /** Replace the service of that name as a whole; answered by {@link ServiceStored}. */
    record ReplaceService(String name, Map<String, Object> fields) implements StoreMessage {
        @Override
        public String toString() {
            return "ReplaceService[" + name + "]";
        }
    }

    /** Change what is given of the service of that name and keep the rest; answered by {@link ServiceStored}. */
    record PatchService(String name, Map<String, Object> fields) implements StoreMessage {
        @Override
        public String toString() {
            return "PatchService[" + name + "]";
        }
    }

    record ServiceStored(Service service) implements StoreMessage {}

    record DeleteService(String name) implements StoreMessage {}

    /**
     * @param serviceId by which it can be restored
     * @param until and until when, epoch milliseconds
     */
    record ServiceDeleted(String serviceId, long until) implements StoreMessage {}

    /** Bring a deleted service back as it was; answered by {@link ServiceStored}. */
    record RestoreService(String serviceId) implements StoreMessage {}

    /**
     * @param serviceId whose
     * @param from earliest timestamp, inclusive, epoch milliseconds
     * @param to latest timestamp, inclusive
     * @param limit entries at most
     * @param outcomes only checks that ended in one of these
     */
    record ReadHistory(String serviceId, long from, long to, int limit, Set<Outcome> outcomes) implements StoreMessage {

        private static final Set<Outcome> ALL = Set.of(Outcome.values());

        public ReadHistory {
            outcomes = Set.copyOf(outcomes);
        }

        /** Whatever the checks ended in. */
        public ReadHistory(String serviceId, long from, long to, int limit) {
            this(serviceId, from, to, limit, ALL);
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
     * @param serviceId whose
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
     * @param serviceIds whose counts; each costs a read of a few kilobytes
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
    record StoreState(@Nullable Long latency, int queued, long dropped) implements StoreMessage {}

    record Ping() implements StoreMessage {}

    /** Redis's own answer to a PING. */
    record Pong(@Nullable String answer) implements StoreMessage {}
}
