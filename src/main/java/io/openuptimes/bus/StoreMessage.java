package io.openuptimes.bus;

import io.openuptimes.model.CheckResult;
import io.openuptimes.model.HistoryEntry;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.Uptime;
import java.util.List;
import java.util.Map;
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
     * @param serviceId whose
     * @param from earliest timestamp, inclusive, epoch milliseconds
     * @param to latest timestamp, inclusive
     * @param limit entries at most
     */
    record ReadHistory(String serviceId, long from, long to, int limit) implements StoreMessage {}

    /**
     * @param entries newest first
     * @param more whether older ones are left within the bounds
     * @param uptime over the last day, week and month, as far as it is known
     */
    record History(List<HistoryEntry> entries, boolean more, Uptime uptime) implements StoreMessage {}

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
