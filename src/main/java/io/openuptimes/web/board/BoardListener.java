package io.openuptimes.web.board;

import io.openuptimes.bus.Event;
import io.openuptimes.bus.StoreMessage.PastEvents;
import io.openuptimes.model.ServiceStatus;
import java.util.List;
import java.util.Set;

/** Receives the board's changes in order, each once it is visible on the board. */
public interface BoardListener {

    /** Number of events from before the load that it wants; 0 if it has received them already. */
    int wantsPast();

    /** Past events, all of which are on the board. */
    void begin(PastEvents past);

    /** The board has changed without events, so clients that resume from an earlier state have missed something. */
    void restart();

    /** An event happened and is on the board. */
    void happened(Event event);

    /** New results are on the board. */
    void checked(List<ServiceStatus> statuses);

    /** Provisional changes that the store has not confirmed within a second; they are on the board. */
    void announced(List<ProvisionalChange> changes);

    /** Services have become stale or fresh again; the board's log lists them. */
    void aged();

    /** Publicly visible services are now hidden. */
    void hidden(Set<String> serviceIds);
}
