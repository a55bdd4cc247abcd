package io.openuptimes.check.type.http;

import io.openuptimes.check.net.lookup.LookupException;
import io.openuptimes.check.net.tls.Handshake;
import io.openuptimes.check.net.tls.TlsDemands;
import io.openuptimes.model.HttpSpec;
import io.openuptimes.model.LoggedService;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Peer;
import io.openuptimes.model.ServerCertificate;
import io.openuptimes.model.Service;
import io.openuptimes.model.Target;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sequence of requests of one check: the first one, the redirects, and the verdict on the last answer. Belongs to the
 * attempt's event loop.
 */
final class Requests {

    private static final Logger LOG = LoggerFactory.getLogger(Requests.class);

    private final LoopResources lane;
    private final Attempt attempt;
    private final Service service;
    private final Target target;
    private final long timestamp;

    private @Nullable Redirects redirects;
    private @Nullable Exchange exchange;
    /** The first certificate presented; redirects may lead to other servers. */
    private @Nullable ServerCertificate certificate;

    private int status;

    /**
     * @param target the service's URL
     * @param timestamp of the check, epoch milliseconds
     */
    Requests(LoopResources lane, Attempt attempt, Service service, Target target, long timestamp) {
        this.lane = lane;
        this.attempt = attempt;
        this.service = service;
        this.target = target;
        this.timestamp = timestamp;
    }

    void start() {
        guarded(() -> send(new Exchange(lane, attempt, this, Hop.first(service, target))));
    }

    /**
     * Closes the previous exchange's connection. The next exchange starts in a new event loop turn: a socket opened while the
     * close event is being handled may reuse the file descriptor and receive its events.
     */
    void send(Exchange next) {
        Exchange before = exchange;
        exchange = next;
        if (before == null) {
            start(next);
            return;
        }
        certificate = certificate == null ? before.certificate() : certificate;
        attempt.enter(null);
        attempt.closeConnection();
        lane.loop().execute(() -> start(next));
    }

    private void start(Exchange next) {
        if (!attempt.isOver()) {
            attempt.context().emit(next, starting -> guarded(starting::start));
        }
    }

    /** Ends the check on an internal error, which would otherwise go unnoticed until the deadline. */
    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            LOG.warn("the request to check {} cannot be built", LoggedService.of(service), e);
            attempt.end(FailureClassifier.of(null, e, null, false));
        }
    }

    /** The TLS requirements for a server. */
    TlsDemands tlsDemands(Target with) {
        return TlsDemands.of(service, target, with);
    }

    /**
     * The head of an answer has arrived.
     *
     * @return whether to read the body: that of a stream has no end, and that of a followed redirect does not matter
     */
    boolean answering(Answer head) {
        status = head.status();
        attempt.enter(Step.BODY);
        return !head.isStream() && !isFollowed(head);
    }

    /** The answer is complete or has been read up to the limit. */
    void answered(Hop hop, Answer complete) {
        if (attempt.isOver()) {
            return;
        }
        if (isFollowed(complete)) {
            guarded(() -> follow(hop, complete));
        } else {
            judge();
        }
    }

    private boolean isFollowed(Answer head) {
        return HttpSpec.of(service).followRedirects() && head.location() != null && Redirects.isRedirect(head.status());
    }

    private void judge() {
        HttpSpec spec = HttpSpec.of(service);
        if (spec.expects(status)) {
            attempt.up();
        } else {
            attempt.end(new Failure(Outcome.STATUS, "expected " + spec.expectedText() + ", got " + status));
        }
    }

    private void follow(Hop hop, Answer redirect) {
        redirects = redirects == null ? new Redirects(timestamp) : redirects;
        String location = Objects.requireNonNull(redirect.location());
        Next next = redirects.follow(hop, redirect.status(), location, redirect.cookies());
        if (next instanceof Failure failure) {
            attempt.end(failure);
        } else if (next instanceof Hop to) {
            send(new Exchange(lane, attempt, this, to));
        }
    }

    /**
     * The current step has failed.
     *
     * @param handshake of the connection; null without TLS
     */
    void failed(Throwable cause, @Nullable Handshake handshake) {
        attempt.end(FailureClassifier.of(attempt.step(), cause, handshake, hasBegun()));
    }

    /** The deadline has passed; ends the check. */
    void late() {
        if (attempt.step() == Step.BODY && exchange != null && exchange.goesOn()) {
            judge();
        } else if (attempt.step() == Step.LOOKUP) {
            failed(LookupException.serverSilent(), null);
        } else {
            attempt.end(FailureClassifier.late(attempt.step(), hasBegun(), status, service.timeout()));
        }
    }

    private boolean hasBegun() {
        return exchange != null && exchange.hasBegun();
    }

    /** Status of the last answer; 0 before the first. */
    int status() {
        return status;
    }

    /** The server of the last connection; null if there is none. */
    @Nullable
    Peer peer() {
        return exchange == null ? null : exchange.peer(certificate);
    }
}
