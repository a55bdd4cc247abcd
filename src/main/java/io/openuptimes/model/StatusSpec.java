package io.openuptimes.model;

/** The status codes that a check expects. */
public interface StatusSpec extends CheckSpec {

    /** Whether the status code means up. */
    boolean expects(int statusCode);

    /** The expected status codes as a text for people. */
    String expectedText();
}
