package io.openuptimes.model;

import java.util.List;

/** The type-specific part of a service. Immutable. */
public interface CheckSpec {

    /** Name of the check type. */
    String type();

    /** Texts that may be secret; empty for most services. */
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
     * @param place of the text, such as {@code headers.Authorization}
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
