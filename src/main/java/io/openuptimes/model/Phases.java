package io.openuptimes.model;

/**
 * Where the time of a check went, in milliseconds; each is 0 where the check did not get that far, or needed none.
 * With redirects, each is the sum over all hops.
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
