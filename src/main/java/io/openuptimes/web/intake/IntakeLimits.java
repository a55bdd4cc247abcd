package io.openuptimes.web.intake;

import java.time.Duration;

/**
 * How long a client may take to send a request.
 *
 * @param head until a request's head is complete, from its first byte; also until the first head of a new connection,
 *     until its TLS handshake is complete, and after that until its HTTP/2 settings are
 * @param bodyWindow over which rates are measured
 * @param bodyRate bytes a second that a body must reach in each window
 * @param controlFrames that an HTTP/2 connection may send in each window besides requests, their bodies and window
 *     updates
 * @param drain how long the rest of a body is discarded after the request has been answered
 * @param sweep how often all of these are looked at; limits are exceeded by at most as much
 */
public record IntakeLimits(
        Duration head, Duration bodyWindow, int bodyRate, int controlFrames, Duration drain, Duration sweep) {

    public static final IntakeLimits DEFAULT = new IntakeLimits(
            Duration.ofSeconds(10), Duration.ofSeconds(10), 1_000, 1_000, Duration.ofSeconds(2), Duration.ofSeconds(1));
}
