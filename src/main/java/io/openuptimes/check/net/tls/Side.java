package io.openuptimes.check.net.tls;

import io.netty.handler.ssl.SslContext;
import io.openuptimes.model.Target;
import org.jspecify.annotations.Nullable;

/**
 * One TLS context with its session resumption.
 *
 * @param resumption null if sessions are not resumed
 */
record Side(SslContext context, @Nullable Resumption resumption) {

    /** The port to use in the engine's session cache key. */
    int cachePort(Target target) {
        return resumption == null ? target.port() : resumption.period(target);
    }
}
