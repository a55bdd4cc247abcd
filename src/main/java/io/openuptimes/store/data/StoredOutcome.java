package io.openuptimes.store.data;

import io.openuptimes.model.Outcome;

/**
 * Reads outcomes stored by earlier versions. Before formats had numbers, {@link Outcome#DENIED} was stored as
 * {@link Outcome#CONNECT} with a text that no other result has.
 */
final class StoredOutcome {

    private StoredOutcome() {}

    /**
     * @param text of the error stored with it
     */
    static Outcome of(int code, String text) {
        Outcome outcome = Outcome.ofCode(code);
        return outcome == Outcome.CONNECT && text.equals(Outcome.DENIED_TEXT) ? Outcome.DENIED : outcome;
    }
}
