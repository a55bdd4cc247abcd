package io.openuptimes.web;

import io.openuptimes.runtime.HostPort;
import java.net.UnknownHostException;

/** Explains why the service cannot listen, and which setting to change. */
final class ListenFailure {

    private static final int LAST_PRIVILEGED = 1023;

    private ListenFailure() {}

    /**
     * Returns one line of text.
     *
     * @param failure from Vert.x; operating system errors can be recognized only by their message
     */
    static String text(String host, int port, Throwable failure) {
        String reason = String.valueOf(failure.getMessage());
        if (failure instanceof UnknownHostException || reason.contains("Failed to resolve")) {
            return "The host name " + host
                    + " cannot be resolved. Set http.host (OPENUPTIMES_HTTP_HOST) to an address of" + " this machine.";
        }
        if (reason.contains("Address already in use")) {
            return "Port " + port + " is already in use. Stop the other program or set http.port"
                    + " (OPENUPTIMES_HTTP_PORT).";
        }
        if (reason.contains("Permission denied") && port <= LAST_PRIVILEGED) {
            return "Port " + port
                    + " is reserved for root. Set http.port (OPENUPTIMES_HTTP_PORT) to 1024 or more, and put"
                    + " a proxy in front of it if needed.";
        }
        if (reason.contains("Cannot assign requested address") || reason.contains("Can't assign requested address")) {
            return "This machine does not have the address " + host + ". Set http.host (OPENUPTIMES_HTTP_HOST).";
        }
        return "Cannot listen on " + HostPort.of(host, port) + " (" + reason
                + "). Set http.host (OPENUPTIMES_HTTP_HOST) or http.port (OPENUPTIMES_HTTP_PORT).";
    }
}
