package io.openuptimes.web.events;

import io.openuptimes.web.access.Caller;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A long-polling request, answered when there is a change or its time is up. */
public final class Waiting {

    private final Vertx vertx;
    private final HttpServerResponse response;
    private final Caller.Kind caller;
    private final BooleanSupplier ready;
    private final Runnable answer;
    private final Consumer<Waiting> ended;
    private @Nullable Long timer;
    private boolean over;

    /**
     * @param ready whether there is anything to report; called after each change
     * @param answer sends the response; called once unless the client disconnects
     * @param ended called once, however the wait ends, before the response
     */
    public Waiting(
            Vertx vertx,
            HttpServerResponse response,
            Caller.Kind caller,
            BooleanSupplier ready,
            Runnable answer,
            Consumer<Waiting> ended) {
        this.vertx = vertx;
        this.response = response;
        this.caller = caller;
        this.ready = ready;
        this.answer = answer;
        this.ended = ended;
    }

    /** Starts waiting, for at most this time. */
    void begin(long millis) {
        response.closeHandler(gone -> end());
        response.exceptionHandler(gone -> end());
        timer = vertx.setTimer(millis, over -> finish());
        if (response.closed()) { // the handlers are no longer called
            end();
        }
    }

    Caller.Kind caller() {
        return caller;
    }

    /** Answers if the change is one that the request waits for. */
    void wake() {
        if (!over && ready.getAsBoolean()) {
            finish();
        }
    }

    /** Answers now. */
    void finish() {
        if (!over) {
            end();
            answer.run();
        }
    }

    /** Answers now, in favour of another caller with fewer streams. */
    public void evict() {
        finish();
    }

    private void end() {
        if (!over) {
            over = true;
            if (timer != null) {
                vertx.cancelTimer(timer);
            }
            ended.accept(this);
        }
    }
}
