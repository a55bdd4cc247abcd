package io.openuptimes.model;

import java.util.List;

/** What a check of one type needs beyond the fields that every service has. Immutable. */
public interface CheckSpec {

    /** Name of the check type. */
    String type();

    /** The texts that may be secret; empty for most services. */
    default List<SpecText> texts() {
        return List.of();
    }

    /**
     * A copy with other texts.
     *
     * @param change replaces each of {@link #texts}
     * @throws X if {@code change} does
     */
    default <X extends Exception> CheckSpec withTexts(TextChange<X> change) throws X {
        return this;
    }

    /**
     * A text that may be secret.
     *
     * @param place where it stands, such as {@code headers.Authorization}
     * @param text the value
     * @param secret whether it is secret
     */
    record SpecText(String place, String text, boolean secret) {
        @Override
        public String toString() {
            return "SpecText[" + place + "]";
        }
    }

    /**
     * Replaces a text.
     *
     * @param <X> thrown if there is none to replace it with
     */
    @FunctionalInterface
    interface TextChange<X extends Exception> {
        String changed(SpecText text) throws X;
    }
}
