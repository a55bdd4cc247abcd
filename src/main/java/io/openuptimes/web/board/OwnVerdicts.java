package io.openuptimes.web.board;

import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Shows this node's verdicts before they are stored. A changed status is provisional until the store confirms it; if it
 * is never stored, the stored status replaces it.
 */
final class OwnVerdicts {

    private final StatusBoard board;
    private final Unconfirmed unconfirmed;
    private boolean withdrawn;

    OwnVerdicts(StatusBoard board, LongSupplier nanoTime) {
        this.board = board;
        this.unconfirmed = new Unconfirmed(nanoTime);
    }

    /** Applies a verdict that may not be stored yet. */
    void judged(BoardEntry entry, ServiceStatus status) {
        ServiceStatus shown = entry.status();
        if (status.lastChecked() <= shown.lastChecked()) {
            confirming(entry, false);
            return;
        }
        Marks marks = entry.marks().stale(false).confirming(false);
        if (status.status() == shown.status()) {
            board.show(entry, status.since(shown.since()), marks);
            return;
        }
        if (saysNothing(shown) || saysNothing(status)) { // not a transition, and without an event
            board.show(entry, status, marks);
            return;
        }
        end(entry);
        unconfirmed.add(entry.service().id(), shown.status(), status.since());
        board.show(entry, status, marks.provisional(true));
    }

    /** Whether the check said nothing about the service, so that its status is unknown for a while. */
    private static boolean saysNothing(ServiceStatus status) {
        return status.isChecked() && status.status() == Status.UNKNOWN;
    }

    /** This node has begun, or ended without a result, to repeat a failed attempt. */
    void confirming(BoardEntry entry, boolean now) {
        if (entry.marks().confirming() != now) {
            board.show(entry, null, entry.marks().confirming(now));
        }
    }

    /** Applies a stored status. */
    void stored(BoardEntry entry, ServiceStatus status) {
        boolean newer = status.lastChecked() > entry.status().lastChecked();
        boolean confirms = isSameChange(entry.status(), status);
        boolean settles = entry.marks().provisional() && (newer || confirms);
        if (settles) {
            withdrawn |= end(entry) && !confirms;
        }
        Marks marks = settles ? entry.marks().provisional(false) : entry.marks();
        if (newer) {
            board.show(entry, status, marks.stale(false).confirming(false));
        } else if (settles) {
            board.show(entry, null, marks);
        }
    }

    /**
     * Replaces a verdict that was not stored with the stored status, even if that is older. A verdict judged after the
     * replaced one stays, because the store confirms or corrects it separately; if it is provisional, it now counts as
     * a change from the stored status.
     *
     * @param judgedAt time of the replaced verdict's result, epoch milliseconds
     */
    void corrected(BoardEntry entry, ServiceStatus stored, long judgedAt) {
        if (entry.status().lastChecked() <= Math.max(judgedAt, stored.lastChecked())) {
            replace(entry, stored);
        } else if (entry.marks().provisional()) {
            rebase(entry, stored, judgedAt);
        }
    }

    private void replace(BoardEntry entry, ServiceStatus stored) {
        withdrawn |= end(entry) && !isSameChange(entry.status(), stored);
        boolean stale = board.now() >= board.rule().staleFrom(entry.service(), stored);
        board.show(entry, stored, entry.marks().provisional(false).stale(stale));
    }

    private void rebase(BoardEntry entry, ServiceStatus stored, long judgedAt) {
        ServiceStatus verdict = entry.status();
        if (verdict.status() == stored.status()) {
            withdrawn |= end(entry) && !isSameChange(verdict, stored);
            board.show(entry, verdict.since(stored.since()), entry.marks().provisional(false));
        } else if (verdict.since() <= judgedAt) {
            withdrawn |= end(entry);
            unconfirmed.add(entry.service().id(), stored.status(), verdict.lastChecked());
            board.show(entry, verdict.since(verdict.lastChecked()), entry.marks());
        }
    }

    private static boolean isSameChange(ServiceStatus shown, ServiceStatus stored) {
        return shown.status() == stored.status() && shown.since() == stored.since();
    }

    /** Ends the entry's provisional change, if any. Returns whether it had been announced. */
    boolean end(BoardEntry entry) {
        Unconfirmed.Change announced = unconfirmed.end(entry.service().id());
        if (announced == null) {
            return false;
        }
        board.staleLog().provisional(announced.serviceId(), announced.since());
        return true;
    }

    /**
     * Announces changes that have been unconfirmed for a second.
     *
     * @param until deadline, as {@link System#nanoTime}
     */
    List<ProvisionalChange> announce(long until) {
        List<ProvisionalChange> due = new ArrayList<>();
        Unconfirmed.Change next = unconfirmed.announceNext();
        while (next != null) {
            BoardEntry entry = board.findById(next.serviceId());
            if (entry != null) {
                board.staleLog().provisional(next.serviceId(), next.since());
                due.add(new ProvisionalChange(entry.service(), entry.status(), next.from()));
            }
            next = System.nanoTime() < until ? unconfirmed.announceNext() : null;
        }
        return due;
    }

    /**
     * Carries provisional changes over into loaded contents that are about to replace the board's, so that the log can
     * continue.
     *
     * @return the loaded statuses that they hide, to be applied once the contents are the board's
     */
    List<ServiceStatus> carryInto(Contents loaded, StaleRule rule, long version) {
        List<ServiceStatus> hidden = new ArrayList<>();
        for (String id : unconfirmed.serviceIds()) {
            BoardEntry shown = board.findById(id);
            BoardEntry fresh = loaded.byId().get(id);
            if (shown == null || fresh == null) {
                unconfirmed.end(id);
            } else {
                hidden.add(fresh.status());
                loaded.update(fresh, shown.status(), shown.marks(), rule, version);
            }
        }
        for (Unconfirmed.Change change : unconfirmed.announced()) {
            loaded.staleLog().provisional(change.serviceId(), change.since());
        }
        return hidden;
    }

    /** After a load: keeps the verdict if this node still decides the service and the verdict is newer. */
    void reconcile(BoardEntry entry, ServiceStatus loaded, Outlook outlook) {
        boolean newer = entry.status().lastChecked() > loaded.lastChecked();
        if (newer && isSameChange(entry.status(), loaded)) {
            stored(entry, loaded);
        } else if (!newer || !outlook.decides(entry.service())) {
            replace(entry, loaded);
        }
    }

    /** Whether an announced change has been withdrawn since the last call, because it was not stored. */
    boolean takeWithdrawn() {
        boolean was = withdrawn;
        withdrawn = false;
        return was;
    }
}
