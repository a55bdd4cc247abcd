package io.openuptimes.web.intake;

import java.time.Duration;

/**
 * Limits on how long a client may take to send a request.
 *
 * @param head time for a request head, from its first byte; on a new connection, from its start. Also the time for the
 *     TLS handshake, and after that for the HTTP/2 settings
 * @param bodyWindow the interval over which rates are measured
 * @param bodyRate minimum bytes per second of a body in each window
 * @param controlFrames frames that an HTTP/2 connection may send per window, not counting requests, bodies and window
 *     updates
 * @param drain how long the rest of a body is discarded after the response
 * @param sweep interval between checks; a limit may be exceeded by this much
 */
public record IntakeLimits(
        Duration head, Duration bodyWindow, int bodyRate, int controlFrames, Duration drain, Duration sweep) {

    public static final IntakeLimits DEFAULT = new IntakeLimits(
            Duration.ofSeconds(10), Duration.ofSeconds(10), 1_000, 1_000, Duration.ofSeconds(2), Duration.ofSeconds(1));
}
