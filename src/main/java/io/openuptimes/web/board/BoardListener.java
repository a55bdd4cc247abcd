package io.openuptimes.web.board;

import io.openuptimes.bus.Event;
import io.openuptimes.bus.EventMessage.StatusChanged;
import io.openuptimes.bus.StoreMessage.PastEvents;
import java.util.Set;

/** Told what happens to the board, in order, once it is there to be seen. */
public interface BoardListener {

    /** How many events from before the board was loaded it wants to hear of; 0 if it has heard already. */
    int wantsPast();

    /** What happened before we came, all of which is on the board. */
    void begin(PastEvents past);

    /** What the board says now was not told as events: whoever knows what was before has missed something. */
    void restart();

    /** Something happened, and is on the board. */
    void happened(Event event);

    /** Results are on the board. */
    void changed(StatusChanged event);

    /** Services have become stale, or fresh again: the board's log says which. */
    void aged();

    /** Services that everybody saw are hidden from now on. */
    void hidden(Set<String> serviceIds);
}
