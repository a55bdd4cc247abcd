package io.openuptimes.model;

import org.jspecify.annotations.Nullable;

/**
 * Selects checks by their outcome.
 *
 * @param status null for any
 * @param failureClass {@link Outcome#word} of the failure; null for any outcome
 */
public record OutcomeFilter(
        @Nullable Status status, @Nullable String failureClass) {

    /** Selects every check. */
    public static final OutcomeFilter ANY = new OutcomeFilter(null, null);

    /** Selects checks with this outcome. */
    public static OutcomeFilter of(Outcome outcome) {
        return new OutcomeFilter(outcome.status(), outcome.word());
    }

    public boolean accepts(Outcome outcome) {
        return (status == null || outcome.status() == status)
                && (failureClass == null || outcome.word().equals(failureClass));
    }
}
