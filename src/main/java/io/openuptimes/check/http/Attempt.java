package io.openuptimes.check.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Service;
import io.openuptimes.model.Target;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.Address;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One check under way: its deadline, where its time goes, and the connection that it holds open.
 *
 * <p>It ends exactly once, at the deadline at the latest, and whatever connection is open then, or opens later, is
 * closed. Used on one event loop only.
 *
 * <p>It is an {@link Address} so that it reaches {@link FreshConnections} through the WebClient, as the server of the
 * request.
 */
final class Attempt implements Address {

    private final Timeline timeline = new Timeline();
    private final Promise<CheckResult> result = Promise.promise();
    private final Vertx vertx;
    private final Service service;
    private final long timestamp;
    private final long timer;

    private Target target;
    private @Nullable Channel channel;
    private int status;
    private @Nullable String location;
    private boolean over;

    /**
     * The deadline counts from here.
     *
     * @param timestamp epoch milliseconds
     */
    Attempt(Vertx vertx, Service service, Target target, long timestamp) {
        this.vertx = vertx;
        this.service = service;
        this.target = target;
        this.timestamp = timestamp;
        this.timer = vertx.setTimer(service.timeout(), id -> timeOut());
    }

    /** Succeeds when the check has ended; never fails. */
    Future<CheckResult> result() {
        return result.future();
    }

    boolean isOver() {
        return over;
    }

    /** Where the present request goes. */
    Target target() {
        return target;
    }

    boolean ignoresTlsErrors() {
        return service.ignoreTlsErrors();
    }

    /** What is being done now; null between two requests. */
    @Nullable
    Step step() {
        return timeline.step();
    }

    /** The status code of the newest answer, 0 before there is one. */
    int status() {
        return status;
    }

    /** The {@code Location} of the newest answer, null where it has none. */
    @Nullable
    String location() {
        return location;
    }

    /** Time until the deadline, at least a millisecond, rounded up. */
    int remainingMillis() {
        long left = TimeUnit.MILLISECONDS.toNanos(service.timeout()) - timeline.nanos();
        return (int) Math.max(1, (left + 999_999) / 1_000_000);
    }

    void enter(Step next) {
        timeline.enter(next);
    }

    /** The head of the answer is here. */
    void answered(HttpClientResponse answer) {
        if (!over) {
            status = answer.statusCode();
            location = answer.getHeader(HttpHeaders.LOCATION);
            timeline.enter(Step.BODY);
        }
    }

    /** The check goes on with another request. */
    void proceedTo(Target next) {
        timeline.enter(null);
        closeConnection();
        target = next;
    }

    /**
     * Takes charge of a connection, which is closed when the check ends or goes on to another one.
     *
     * @return false if the check is over, and the connection therefore closed
     */
    boolean takes(Channel opened) {
        channel = opened;
        if (over) {
            closeConnection();
        }
        return !over;
    }

    void end(Failure failure) {
        end(failure.outcome(), failure.text());
    }

    /** Ends the check, unless it has ended. */
    void end(Outcome outcome, String error) {
        if (over) {
            return;
        }
        over = true;
        vertx.cancelTimer(timer);
        closeConnection();
        timeline.enter(null);
        result.complete(
                new CheckResult(service.id(), timestamp, outcome, status, timeline.millis(), timeline.phases(), error));
    }

    private void timeOut() {
        Step step = timeline.step();
        String where = step == null ? "" : " (" + step.words() + ")";
        end(Outcome.TIMEOUT, "no answer within " + service.timeout() + " ms" + where);
    }

    /**
     * Past all handlers: a close through them waits until what was written before has gone out, which a peer that does
     * not read can put off for ever.
     */
    private void closeConnection() {
        if (channel != null) {
            ChannelHandlerContext first = channel.pipeline().firstContext();
            ChannelFuture unused = first == null ? channel.close() : first.close();
            channel = null;
        }
    }
}
