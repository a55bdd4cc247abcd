package io.openuptimes.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A process of the service, as the others know it.
 *
 * @param id names this run of it
 * @param name what its setting calls it
 * @param location where it checks from; null where its settings say nothing
 * @param version of the program
 * @param startedAt epoch milliseconds
 * @param seenAt when it was last heard of, epoch milliseconds by Redis's clock
 * @param live whether it was heard of lately; who was not has lost its share to others
 * @param self whether it is the one that answers
 * @param partitions how many of the parts of the services it checks
 * @param services how many services it checks
 * @param checksPerSecond that it started within the last 60 seconds
 * @param lagP99 milliseconds from when a check was due to its start that 99 of 100 of them kept to; null where it made
 *     none
 * @param overdue services that are due and not started
 * @param queued results that wait to be written
 * @param secretKeys ids of the keys by which it can read secrets
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
        List<String> secretKeys) {

    public Node {
        secretKeys = List.copyOf(secretKeys);
    }
}
