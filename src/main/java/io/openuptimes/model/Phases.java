package io.openuptimes.model;

/**
 * Duration of a check's phases in milliseconds; 0 for a phase that was not reached or not needed. With redirects, each is
 * the sum over all requests.
 *
 * @param dns name lookup
 * @param connect opening the TCP connection
 * @param tls TLS handshake
 * @param firstByte from the request sent to the head of the answer
 * @param transfer from the head of the answer to its end
 */
public record Phases(int dns, int connect, int tls, int firstByte, int transfer) {

    public static final Phases NONE = new Phases(0, 0, 0, 0, 0);
}
