package io.openuptimes.check.type.http;

import io.netty.channel.Channel;
import io.openuptimes.check.net.Connection;
import io.openuptimes.model.Peer;
import io.openuptimes.model.ServerCertificate;
import io.openuptimes.model.Target;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.Address;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One request of a check and its answer, sent through the {@code WebClient} on a connection of its own.
 *
 * <p>It is also the request's {@link Address}, which is how it reaches {@link FreshConnections}, which calls it back to
 * {@linkplain #connect open the connection}.
 */
final class Exchange implements Address, Connection.Caller {

    private final HttpAttempt attempt;
    private final Hop hop;
    private final boolean repeated;
    private final boolean http1;
    private @Nullable Connection connection;
    private @Nullable RequestOptions options;
    private @Nullable Promise<HttpClientRequest> request;
    private @Nullable Answer answer;
    private boolean begun;
    private boolean over;

    Exchange(HttpAttempt attempt, Hop hop) {
        this(attempt, hop, false, false);
    }

    /**
     * @param repeated whether the request is repeated at the server's demand
     * @param http1 whether HTTP/2 is not offered
     */
    private Exchange(HttpAttempt attempt, Hop hop, boolean repeated, boolean http1) {
        this.attempt = attempt;
        this.hop = hop;
        this.repeated = repeated;
        this.http1 = http1;
    }

    /** Sends the request. Must be called on the attempt's context, which the client captures. */
    void start() {
        Target target = hop.target();
        HttpRequest<Void> prepared = attempt.clients()
                .web()
                .request(
                        HttpMethod.valueOf(hop.method().name()),
                        new RequestOptions()
                                .setServer(this)
                                .setHost(target.host())
                                .setPort(target.port())
                                .setSsl(target.tls())
                                .setURI(target.requestUri())
                                .setHeaders(hop.headers()))
                .as(new BodyMeter(this::received));
        String body = hop.body();
        (body == null ? prepared.send() : prepared.sendBuffer(Buffer.buffer(body))).onComplete(this::settle);
    }

    Target target() {
        return hop.target();
    }

    Method method() {
        return hop.method();
    }

    /**
     * Opens the connection; called by {@link FreshConnections}.
     *
     * @return succeeds with a request on the connection; never fails, because the attempt ends instead
     */
    Future<HttpClientRequest> connect(RequestOptions with) {
        Target target = hop.target();
        Promise<HttpClientRequest> ready = attempt.context().promise();
        Connection opening = new Connection(attempt, target, attempt.tlsDemands(target, http1), this);
        options = with;
        request = ready;
        connection = opening;
        opening.open();
        return ready.future();
    }

    @Override
    public void opened(Channel channel, @Nullable String protocol) {
        RequestOptions with = Objects.requireNonNull(options);
        Promise<HttpClientRequest> ready = Objects.requireNonNull(request);
        attempt.context().emit(channel, open -> {
            try {
                attempt.clients()
                        .connections()
                        .speak(attempt.context(), open, this, protocol, with)
                        .onSuccess(this::watch)
                        .onSuccess(ready::complete)
                        .onFailure(this::failed);
            } catch (RuntimeException e) {
                failed(e);
            }
        });
    }

    /** Called just before the request is sent. */
    private void watch(HttpClientRequest request) {
        request.response().onSuccess(head -> {
            if (!over && !attempt.isOver()) {
                begin(Answer.of(head));
            }
        });
    }

    private void begin(Answer head) {
        answer = head;
        if (!head.hasValidStatus()) {
            failed(new UnreadableAnswerException("its status code does not have three digits"));
        } else if (!attempt.answering(head)) {
            end(head);
        }
    }

    private void received(int bytes) {
        Answer begun = answer;
        if (!over && begun != null && begun.received(bytes)) {
            end(begun);
        }
    }

    private void settle(AsyncResult<HttpResponse<Void>> done) {
        if (over || attempt.isOver()) {
            return;
        }
        if (done.succeeded() && answer != null) {
            end(answer);
        } else {
            failed(done.cause());
        }
    }

    /** The first bytes of the answer have arrived. */
    void begins() {
        begun = true;
    }

    /** Whether the server has sent anything; with HTTP/2, whether the answer's head has arrived. */
    boolean hasBegun() {
        return begun || answer != null;
    }

    /** Whether an answer without a length has begun and is still being sent. */
    boolean goesOn() {
        return answer != null && answer.goesOn();
    }

    /**
     * The connected server; null before the connection is open.
     *
     * @param earlier certificate presented earlier in this check; null for none
     */
    @Nullable
    Peer peer(@Nullable ServerCertificate earlier) {
        return connection == null ? null : connection.peer(answer == null ? null : answer.protocol(), earlier);
    }

    /** The server's certificate; null before the handshake, and without TLS. */
    @Nullable
    ServerCertificate certificate() {
        return connection == null ? null : connection.certificate();
    }

    /** Ends the exchange; the rest of the answer does not matter. */
    private void end(Answer complete) {
        over = true;
        attempt.answered(hop, complete);
    }

    /** The current step has failed. */
    @Override
    public void failed(Throwable cause) {
        if (!over && !attempt.isOver()) {
            over = true;
            StreamReset reset = StreamReset.of(cause);
            if (!repeated && answer == null && reset != null && (reset.isRefusal() || reset.wantsHttp1())) {
                attempt.send(new Exchange(attempt, hop, true, reset.wantsHttp1()));
            } else {
                attempt.failed(cause, connection);
            }
        }
    }
}
