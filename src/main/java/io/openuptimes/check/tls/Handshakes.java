package io.openuptimes.check.tls;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLEngine;

/**
 * Counts the TLS handshakes that succeeded: full ones, in which the server showed its certificates, and those that
 * resumed a session, in which it did not.
 *
 * <p>Used by all event loops.
 */
public final class Handshakes {

    /** Those under way, and whether certificates were seen. */
    private final Map<SSLEngine, Boolean> shown = new ConcurrentHashMap<>();

    private final LongAdder full = new LongAdder();
    private final LongAdder resumed = new LongAdder();

    /** Each that begins must end. */
    void begin(SSLEngine engine) {
        shown.put(engine, false);
    }

    /** Certificates were shown in it, and are good enough. */
    void saw(SSLEngine engine) {
        shown.replace(engine, true); // not where it is over: a server may ask for another on the same connection
    }

    void end(SSLEngine engine, boolean succeeded) {
        Boolean certificates = shown.remove(engine);
        if (succeeded && certificates != null) {
            (certificates ? full : resumed).increment();
        }
    }

    /** Since the start. */
    public long full() {
        return full.sum();
    }

    public long resumed() {
        return resumed.sum();
    }
}
