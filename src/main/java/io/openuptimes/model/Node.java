package io.openuptimes.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A process of the service, as seen by the others.
 *
 * @param id of this run
 * @param name from its settings
 * @param location that it checks from; null if not set
 * @param version of the program
 * @param startedAt epoch milliseconds
 * @param seenAt time of its last heartbeat, epoch milliseconds by Redis's clock
 * @param live whether its heartbeat is recent; otherwise its partitions have moved to other nodes
 * @param self whether it is the node that answers
 * @param partitions number of partitions that it owns
 * @param services number of services that it checks
 * @param checksPerSecond checks started in the last 60 seconds
 * @param lagP99 99th percentile of the lag from due time to start, milliseconds; null if it made no checks
 * @param overdue number of due services whose check has not started
 * @param queued number of results waiting to be written
 * @param format the newest format of stored data that it reads; 0 before formats had numbers
 * @param egress what it knows of its own network; null if its version does not say
 * @param secretKeys ids of the keys that it can decrypt secrets with
 */
public record Node(
        String id,
        String name,
        @Nullable String location,
        String version,
        long startedAt,
        long seenAt,
        boolean live,
        boolean self,
        int partitions,
        int services,
        double checksPerSecond,
        @Nullable Long lagP99,
        int overdue,
        int queued,
        int format,
        @Nullable NodeEgress egress,
        List<String> secretKeys) {

    public Node {
        secretKeys = List.copyOf(secretKeys);
    }
}
