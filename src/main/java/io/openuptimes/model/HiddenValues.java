package io.openuptimes.model;

import io.openuptimes.model.CheckSpec.SpecText;
import org.jspecify.annotations.Nullable;

/**
 * Replaces {@link ServiceView#HIDDEN} in a caller's input by the stored value.
 *
 * <p>A caller that cannot read a secret must not be able to obtain it indirectly. Values are therefore only kept while
 * scheme, host and port of the URL stay the same, so that they cannot be redirected to another server, and a secret
 * body stays secret.
 */
public final class HiddenValues {

    private static final String MISSING = "is " + ServiceView.HIDDEN + ", but no value is stored; send the value";
    private static final String OTHER_ORIGIN =
            "is kept only for the same scheme, host and port; send the value again with the new URL";

    private final Service given;
    private final @Nullable Service stored;

    private HiddenValues(Service given, @Nullable Service stored) {
        this.given = given;
        this.stored = stored;
    }

    /**
     * The service to store.
     *
     * @param given by the caller
     * @param stored the service that it replaces; null for a new one
     * @throws InvalidInputException if there is no stored value for a hidden one, or it may not be kept
     */
    public static Service restore(Service given, @Nullable Service stored) throws InvalidInputException {
        boolean hidden = given.spec().texts().stream().anyMatch(HiddenValues::isHidden);
        return hidden ? new HiddenValues(given, stored).restored() : given;
    }

    private static boolean isHidden(SpecText text) {
        return text.text().equals(ServiceView.HIDDEN);
    }

    private Service restored() throws InvalidInputException {
        return given.with(
                given.spec().<InvalidInputException>withTexts(text -> isHidden(text) ? kept(text) : text.text()));
    }

    private String kept(SpecText hidden) throws InvalidInputException {
        String place = hidden.place();
        SpecText kept = stored == null ? null : storedAt(place, stored);
        if (stored == null || kept == null) {
            throw new InvalidInputException(ProblemCode.REQUIRED, place, MISSING);
        }
        if (!Target.sameOrigin(given.url(), stored.url())) {
            throw new InvalidInputException(Problem.conflict(place, OTHER_ORIGIN, "url"));
        }
        if (kept.secret() && !hidden.secret()) {
            throw new InvalidInputException(Problem.conflict(
                    place + "Secret",
                    "must stay true while the stored " + place + " is kept; send a new " + place,
                    place));
        }
        return kept.text();
    }

    /** Names of headers may differ in case. */
    private static @Nullable SpecText storedAt(String place, Service stored) {
        return stored.spec().texts().stream()
                .filter(text -> text.place().equalsIgnoreCase(place))
                .findFirst()
                .orElse(null);
    }
}
