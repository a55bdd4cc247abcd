package io.openuptimes.store.data;

import io.openuptimes.model.Outcome;

/**
 * The codes under which outcomes are stored. {@link Outcome#DENIED} is written as {@link Outcome#CONNECT} with a text
 * that no other result has: nodes that do not know it show a failed connection, whereas an unknown code would make them
 * stop reading.
 */
final class StoredOutcome {

    private StoredOutcome() {}

    static int code(Outcome outcome) {
        return outcome == Outcome.DENIED ? Outcome.CONNECT.code() : outcome.code();
    }

    /**
     * @param text of the error stored with it
     * @throws IllegalArgumentException if no outcome has that code
     */
    static Outcome of(int code, String text) {
        Outcome outcome = Outcome.ofCode(code);
        return outcome == Outcome.CONNECT && text.equals(Outcome.DENIED_TEXT) ? Outcome.DENIED : outcome;
    }
}
