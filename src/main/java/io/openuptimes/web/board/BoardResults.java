package io.openuptimes.web.board;

import io.openuptimes.bus.EventMessage.Confirming;
import io.openuptimes.bus.EventMessage.Correction;
import io.openuptimes.model.Locations;
import io.openuptimes.model.SeenCertificate;
import io.openuptimes.model.ServiceStatus;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Applies results of checks to a board. Results of services that are not on it have no effect. */
public final class BoardResults {

    private final StatusBoard board;
    private final OwnVerdicts own;

    /**
     * @param nanoTime as {@link System#nanoTime}
     */
    BoardResults(StatusBoard board, LongSupplier nanoTime) {
        this.board = board;
        this.own = new OwnVerdicts(board, nanoTime);
    }

    /**
     * Applies stored results. A status that is not newer than the one on the board has no effect, except that it may
     * confirm a provisional one.
     */
    public void update(Collection<ServiceStatus> statuses) {
        for (ServiceStatus status : statuses) {
            apply(status, entry -> own.stored(entry, status), Located::with);
        }
    }

    /** Applies verdicts of this node's checks, which may not be stored yet. */
    public void judged(Collection<ServiceStatus> statuses) {
        for (ServiceStatus status : statuses) {
            apply(status, entry -> own.judged(entry, status), Located::with);
        }
    }

    /** This node has begun, or ended without a result, to repeat failed attempts of checks. */
    public void confirming(Collection<Confirming> changes) {
        for (Confirming change : changes) {
            BoardEntry entry = board.findById(change.serviceId());
            if (entry != null) {
                own.confirming(entry, change.now());
            }
        }
    }

    /** Applies stored statuses in place of {@link #judged} ones. */
    public void corrected(Collection<Correction> corrections) {
        for (Correction correction : corrections) {
            long judged = correction.judgedAt();
            apply(
                    correction.stored(),
                    entry -> own.corrected(entry, correction.stored(), judged),
                    (located, location, stored) -> located.corrected(location, stored, judged));
        }
    }

    private interface LocatedChange {
        /** Returns the same instance if nothing changes. */
        Located apply(Located before, String location, ServiceStatus status);
    }

    private void apply(ServiceStatus status, Consumer<BoardEntry> ofService, LocatedChange atLocation) {
        BoardEntry entry = board.findById(status.serviceId());
        String location = entry == null ? Locations.location(status.serviceId()) : null;
        if (entry != null) {
            ofService.accept(entry);
        } else if (location != null) {
            BoardEntry service = board.findById(Locations.serviceId(status.serviceId()));
            Located before = service == null ? null : service.located();
            Located after = before == null ? null : atLocation.apply(before, location, status);
            if (service != null && after != null && after != before) {
                board.locate(service, after);
            }
        }
    }

    /** Applies changes of servers' certificates. */
    public void certificates(Collection<SeenCertificate> seen) {
        for (SeenCertificate one : seen) {
            BoardEntry entry = board.findById(one.serviceId());
            if (entry != null && one.isOf(entry.service())) { // otherwise from a check of its former URL
                board.certify(entry, one.at(board.now()));
            }
        }
    }

    /** Announces provisional changes that are due, see {@link OwnVerdicts#announce}. */
    List<ProvisionalChange> announce(long until) {
        return own.announce(until);
    }

    /** See {@link OwnVerdicts#takeWithdrawn}. */
    boolean takeWithdrawn() {
        return own.takeWithdrawn();
    }

    /** Ends the provisional change of a service that is being removed. */
    void forget(BoardEntry entry) {
        own.end(entry);
    }

    /** See {@link OwnVerdicts#carryInto}. */
    List<ServiceStatus> carryInto(Contents loaded) {
        return own.carryInto(loaded, board.rule(), board.versions().current());
    }

    /** Applies the loaded statuses that {@link #carryInto} has hidden. */
    void reconcile(List<ServiceStatus> hidden) {
        Outlook outlook = board.outlook().current();
        for (ServiceStatus status : hidden) {
            own.reconcile(Objects.requireNonNull(board.findById(status.serviceId())), status, outlook);
        }
    }
}
