package io.openuptimes.model;

/** What a check expects of its answer's status code. */
public interface StatusSpec extends CheckSpec {

    /** Whether the status code means up. */
    boolean expects(int statusCode);

    /** The status codes that mean up, for people. */
    String expectedText();
}
