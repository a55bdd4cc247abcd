package io.openuptimes.web.board;

import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceStatus;
import java.util.Collection;
import java.util.List;

/** Applies changes of services to a board. They are visible at once. */
public final class BoardServices {

    private final StatusBoard board;

    BoardServices(StatusBoard board) {
        this.board = board;
    }

    /** Adds or replaces a service. */
    public void save(Service service) {
        BoardEntry entry = board.findById(service.id());
        if (entry != null && entry.service().equals(service)) {
            return;
        }
        long version = board.versions().servicesChanged();
        if (entry == null) {
            BoardEntry added = new BoardEntry(service, ServiceStatus.unchecked(service.id()));
            added.marks(Marks.NONE.blind(isBlind(service)));
            board.contents().add(added, board.rule(), version);
        } else {
            board.contents().remove(entry, version);
            putBack(entry, service, version);
        }
    }

    private void putBack(BoardEntry entry, Service changed, long version) {
        entry.service(changed);
        boolean stale = board.now() >= board.rule().staleFrom(entry);
        entry.marks(entry.marks().stale(stale).blind(isBlind(changed)));
        Located located = entry.located();
        if (located != null) {
            entry.located(located.at(board.now(), board.rule(), changed));
        }
        board.contents().add(entry, board.rule(), version);
    }

    private boolean isBlind(Service service) {
        return board.outlook().current().isBlind(service);
    }

    /** Renames services, possibly swapping names. Ignores services that are not on the board. */
    void rename(Collection<Service> renamed) {
        List<Service> known = renamed.stream()
                .filter(service -> board.findById(service.id()) != null)
                .toList();
        List<BoardEntry> entries = known.stream()
                .map(service -> board.contents().byId().get(service.id()))
                .toList();
        long version = board.versions().servicesChanged();
        entries.forEach(entry -> board.contents().remove(entry, version));
        for (int i = 0; i < entries.size(); i++) {
            putBack(entries.get(i), known.get(i), version);
        }
    }

    /** Removes a service. */
    public void remove(String serviceId) {
        BoardEntry entry = board.findById(serviceId);
        if (entry != null) {
            board.results().forget(entry);
            board.contents().remove(entry, board.versions().servicesChanged());
        }
    }
}
