package io.openuptimes.bus;

import io.openuptimes.model.Node;
import java.util.List;
import java.util.Map;

/**
 * What the store is asked about the nodes, and answers; and what it and the checks tell each other of the partitions
 * that this node checks, by their slots: see {@link io.openuptimes.model.Partition#SLOTS}.
 */
public sealed interface NodeMessage extends Message {

    record GetNodes() implements NodeMessage {}

    /**
     * @param nodes by their names, those first that are live
     * @param partitions into how many parts the services are divided
     * @param free how many of these nobody checks at the moment
     * @param asOf when Redis was last heard of, epoch milliseconds; what has happened since is not in it
     */
    record Nodes(List<Node> nodes, int partitions, int free, long asOf) implements NodeMessage {
        public Nodes {
            nodes = List.copyOf(nodes);
        }
    }

    /** To the store: the schedule has its services, and takes a share of them. Nothing is checked before. */
    record JoinNodes() implements NodeMessage {}

    /** To the store: this node stops, and takes nothing any more. What it holds it keeps till the store stops. */
    record LeaveNodes() implements NodeMessage {}

    /**
     * To the store: the process stood still, and others may have taken over what it holds. Answered when it has been
     * told of that, or nobody can tell.
     */
    record ConfirmShare() implements NodeMessage {}

    /**
     * To the checks: this node checks these partitions from now on, and nobody else does.
     *
     * @param lastChecks of their services, by id, and at a location by that of
     *     {@link io.openuptimes.model.Locations#idAt}: when the last check started, epoch milliseconds; those that have never
     *     been checked may be left out
     */
    record Gained(List<Integer> partitions, Map<String, Long> lastChecks) implements NodeMessage {
        public Gained {
            partitions = List.copyOf(partitions);
            lastChecks = Map.copyOf(lastChecks);
        }
    }

    /**
     * To the checks: another node is to have this partition. Answered when none of its checks runs any more, and the
     * results of all are on their way to the store.
     */
    record GiveUp(int partition) implements NodeMessage {}

    /** To the checks: others have these partitions already. What their checks that still run bring is of no use. */
    record Lost(List<Integer> partitions) implements NodeMessage {
        public Lost {
            partitions = List.copyOf(partitions);
        }
    }
}
