package io.openuptimes.web.events;

import io.openuptimes.web.access.Caller;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A request that is held until there is something to tell, or its time is over; then it is answered as it is. */
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
     * @param ready whether there is something to tell; asked after each change
     * @param answer answers, called once unless the client goes
     * @param ended told once, whoever ended it, before the answer
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

    /** Begins, for so many milliseconds at most. */
    void begin(long millis) {
        response.closeHandler(gone -> end());
        response.exceptionHandler(gone -> end());
        timer = vertx.setTimer(millis, over -> finish());
        if (response.closed()) { // the handlers are not told any more
            end();
        }
    }

    Caller.Kind caller() {
        return caller;
    }

    /** Something has changed, maybe what it waits for. */
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

    /** Another caller, which has fewer, takes its place: answers with what there is. */
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
