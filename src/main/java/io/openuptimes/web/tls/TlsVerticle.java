package io.openuptimes.web.tls;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Checks for a new certificate once a second, so that it is in use within three. */
public final class TlsVerticle extends VerticleBase {

    private static final long LOOK_MS = 1_000;

    private final ServerTls tls;
    private boolean stopped;

    public TlsVerticle(ServerTls tls) {
        this.tls = tls;
    }

    @Override
    public Future<?> start() {
        waitAndLook();
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        stopped = true;
        return Future.succeededFuture();
    }

    private void waitAndLook() {
        if (!stopped) {
            vertx.setTimer(LOOK_MS, timer -> tls.reload().onComplete(looked -> waitAndLook()));
        }
    }
}
