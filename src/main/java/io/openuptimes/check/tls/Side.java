package io.openuptimes.check.tls;

import io.netty.handler.ssl.SslContext;
import io.openuptimes.model.Target;
import org.jspecify.annotations.Nullable;

/**
 * One TLS context with the sessions that it may resume.
 *
 * @param resumption null where sessions are not resumed
 */
record Side(SslContext context, @Nullable Resumption resumption) {

    /** The port in the key of the engine's session cache. */
    int cachePort(Target target) {
        return resumption == null ? target.port() : resumption.period(target);
    }
}
