package io.openuptimes.bus;

import io.openuptimes.bus.Message.Done;
import io.openuptimes.health.HealthState;
import io.openuptimes.model.Node;
import io.openuptimes.model.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Requests to the store about nodes, and its answers; also the messages between store and checks about this node's
 * leases, see {@link io.openuptimes.model.Partition#LEASES}.
 */
public sealed interface NodeMessage extends Message {

    Address<Gained, Done> GAINED = new Address<>("check.share.gained");
    Address<GiveUp, Done> GIVE_UP = new Address<>("check.share.give-up");
    Address<Lost, Done> LOST = new Address<>("check.share.lost");
    Address<GetHeld, Held> GET_HELD = new Address<>("check.held");
    Address<GetNodes, Nodes> GET_NODES = new Address<>("store.nodes");
    Address<JoinNodes, Done> JOIN_NODES = new Address<>("store.nodes.join");
    Address<LeaveNodes, Done> LEAVE_NODES = new Address<>("store.nodes.leave");
    Address<ConfirmShare, Done> CONFIRM_SHARE = new Address<>("store.nodes.confirm");
    Address<AskElsewhere, SeenElsewhere> ASK_ELSEWHERE = new Address<>("store.nodes.ask");
    Topic<Held> HELD = new Topic<>("event.held");

    record GetNodes() implements NodeMessage {}

    /**
     * @param nodes live ones first, then by name
     * @param partitions total number of partitions of the services
     * @param free number of partitions that no node checks at the moment
     * @param asOf when Redis last answered, epoch milliseconds; later changes are not included
     */
    record Nodes(List<Node> nodes, int partitions, int free, long asOf) implements NodeMessage {
        public Nodes {
            nodes = List.copyOf(nodes);
        }
    }

    /** To the store: the schedule has its services and accepts partitions. Nothing is checked before. */
    record JoinNodes() implements NodeMessage {}

    /**
     * To the store: this node is stopping and accepts no more partitions. It keeps those it has until the store stops.
     */
    record LeaveNodes() implements NodeMessage {}

    /**
     * To the store: this process was suspended, and other nodes may have taken over its partitions. Answered after the
     * checks have been told of lost partitions, or if that cannot be found out.
     */
    record ConfirmShare() implements NodeMessage {}

    /**
     * To the checks: this node now holds these leases.
     *
     * @param states of their services as stored, by service id and, at a location, by
     *     {@link io.openuptimes.model.Locations#idAt}; services that have never been checked may be missing
     */
    record Gained(List<Integer> leases, Map<String, HealthState> states) implements NodeMessage {
        public Gained {
            leases = List.copyOf(leases);
            states = Map.copyOf(states);
        }
    }

    /**
     * To the checks: hand this lease over to another node. Answered when none of its checks is running and all
     * results have been sent to the store.
     */
    record GiveUp(int lease) implements NodeMessage {}

    /** To the checks: other nodes hold these leases already. Results of checks still running are discarded. */
    record Lost(List<Integer> leases) implements NodeMessage {
        public Lost {
            leases = List.copyOf(leases);
        }
    }

    /**
     * To the store: another node of this node's location shall check this service, too.
     *
     * @param urlHash of the service as checked here
     * @param patience how long to wait for an answer, milliseconds
     */
    record AskElsewhere(String serviceId, int urlHash, long patience) implements NodeMessage {}

    /**
     * What another node saw.
     *
     * @param node name of that node
     * @param outcome of its check; {@link Outcome#NONE} if there is no such node, or no answer in time
     * @param error short text of a failure
     */
    record SeenElsewhere(String node, Outcome outcome, String error) implements NodeMessage {

        /** No answer. */
        public static final SeenElsewhere NOTHING = new SeenElsewhere("", Outcome.NONE, "");
    }

    record GetHeld() implements NodeMessage {}

    /**
     * Published by the checks after each change: the partitions whose services without locations only this node checks.
     * The status of these services needs no other node's results.
     */
    record Held(Set<Integer> partitions) implements NodeMessage {
        public Held {
            partitions = Set.copyOf(partitions);
        }
    }
}
