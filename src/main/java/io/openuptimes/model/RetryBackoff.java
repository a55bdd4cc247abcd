package io.openuptimes.model;

/** How the time between two attempts of a check develops. */
public enum RetryBackoff {
    /** It stays the same. */
    LINEAR("linear"),
    /** It doubles. */
    EXPONENTIAL("exponential");

    private final String word;

    RetryBackoff(String word) {
        this.word = word;
    }

    /** The API's word for it. */
    public String word() {
        return word;
    }

    /**
     * @throws IllegalArgumentException if none has this word
     */
    public static RetryBackoff ofWord(String word) {
        for (RetryBackoff backoff : values()) {
            if (backoff.word.equals(word)) {
                return backoff;
            }
        }
        throw new IllegalArgumentException("no backoff is called " + word);
    }
}
