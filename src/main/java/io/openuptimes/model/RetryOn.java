package io.openuptimes.model;

/** Which failures are retried before they count. */
public enum RetryOn {
    /** Failures without a complete answer, see {@link Outcome#isNetworkFailure}. */
    NETWORK("network"),
    /** All failures. */
    ANY("any");

    private final String word;

    RetryOn(String word) {
        this.word = word;
    }

    /** The API's word for it. */
    public String word() {
        return word;
    }

    /**
     * @throws IllegalArgumentException if none has this word
     */
    public static RetryOn ofWord(String word) {
        for (RetryOn on : values()) {
            if (on.word.equals(word)) {
                return on;
            }
        }
        throw new IllegalArgumentException("no failures are called " + word);
    }
}
