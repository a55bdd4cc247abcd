package io.openuptimes.model;

/** A version of TLS that a service may demand at least. */
public enum TlsVersion {
    V1_2("1.2"),
    V1_3("1.3");

    private final String text;

    TlsVersion(String text) {
        this.text = text;
    }

    /** As a service's field names it. */
    public String text() {
        return text;
    }
}
