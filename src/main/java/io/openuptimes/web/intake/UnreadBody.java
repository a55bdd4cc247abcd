package io.openuptimes.web.intake;

import io.vertx.core.http.HttpServerRequest;

/**
 * A request that may be answered before its body has arrived. The rest of the body is discarded for a while, so that
 * the client can read the response; then the connection is closed.
 */
final class UnreadBody implements Sweep.Watched {

    private final HttpServerRequest request;
    private final Intake intake;
    private long answered = -1;

    UnreadBody(HttpServerRequest request, Intake intake) {
        this.request = request;
        this.intake = intake;
    }

    @Override
    public void sweep(long now) {
        if (request.isEnded() || !Connections.isOpen(request.connection())) {
            intake.sweep().remove(this);
        } else if (request.response().ended()) {
            answered = answered < 0 ? now : answered;
            if (now - answered >= intake.limits().drain().toMillis()) {
                intake.sweep().remove(this);
                intake.metrics().refused(Refusal.UNREAD);
                Connections.end(request);
            }
        }
    }
}
