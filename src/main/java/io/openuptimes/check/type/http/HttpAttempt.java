package io.openuptimes.check.type.http;

import io.openuptimes.check.net.Attempt;
import io.openuptimes.check.net.Connection;
import io.openuptimes.check.net.Failure;
import io.openuptimes.check.net.Step;
import io.openuptimes.check.net.tls.Alpn;
import io.openuptimes.check.net.tls.TlsDemands;
import io.openuptimes.check.type.Observation;
import io.openuptimes.model.LoggedService;
import io.openuptimes.model.Peer;
import io.openuptimes.model.ServerCertificate;
import io.openuptimes.model.Service;
import io.openuptimes.model.Target;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt at an HTTP check: the first request and its redirects. */
final class HttpAttempt extends Attempt<Observation> {

    private static final Logger LOG = LoggerFactory.getLogger(HttpAttempt.class);

    /** Some servers choose the protocol by ALPN, or refuse handshakes without it. */
    static final Alpn ALPN = new Alpn(FreshConnections.HTTP_2, "http/1.1");

    private static final Alpn WITHOUT_HTTP_2 = new Alpn("http/1.1");

    private final HttpClients clients;
    private final Service service;
    private final HttpSpec spec;
    private final Target target;

    private @Nullable Redirects redirects;
    private @Nullable Exchange exchange;
    /** The certificate of the first server; redirects may lead to others. */
    private @Nullable ServerCertificate certificate;

    private int status;

    /**
     * @param spec the service's
     * @param target the service's URL
     */
    HttpAttempt(HttpClients clients, Service service, HttpSpec spec, Target target) {
        super(service.timeout());
        this.clients = clients;
        this.service = service;
        this.spec = spec;
        this.target = target;
    }

    @Override
    protected HttpAttempt again() {
        return new HttpAttempt(clients, service, spec, target);
    }

    HttpClients clients() {
        return clients;
    }

    @Override
    protected void converse() {
        guarded(() -> send(new Exchange(this, Hop.first(spec, target))));
    }

    /** Sends the next request, on a connection of its own. */
    void send(Exchange next) {
        Exchange before = exchange;
        exchange = next;
        if (before == null) {
            start(next);
            return;
        }
        certificate = certificate == null ? before.certificate() : certificate;
        enter(null);
        closeConnection();
        loop().execute(() -> start(next)); // a new event loop turn, see closeConnection
    }

    private void start(Exchange next) {
        if (!isOver()) {
            context().emit(next, starting -> guarded(starting::start));
        }
    }

    /** Ends the check on an internal error, which would otherwise go unnoticed until the deadline. */
    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            LOG.warn("the request to check {} cannot be built", LoggedService.of(service), e);
            end(FailureClassifier.of(null, e, null, false));
        }
    }

    /**
     * The TLS requirements for a server.
     *
     * @param http1 whether HTTP/2 must not be offered
     */
    TlsDemands tlsDemands(Target with, boolean http1) {
        return TlsDemands.of(spec, target, with, http1 ? WITHOUT_HTTP_2 : ALPN);
    }

    /**
     * The head of an answer has arrived.
     *
     * @return whether to read the body; false for streams, which have no end, and for redirects to follow
     */
    boolean answering(Answer head) {
        status = head.status();
        enter(Step.BODY);
        return !head.isStream() && !isFollowed(head);
    }

    /** The answer is complete or has been read up to the limit. */
    void answered(Hop hop, Answer complete) {
        if (isOver()) {
            return;
        }
        if (isFollowed(complete)) {
            guarded(() -> follow(hop, complete));
        } else {
            end(null);
        }
    }

    private boolean isFollowed(Answer head) {
        return spec.followRedirects() && head.location() != null && Redirects.isRedirect(head.status());
    }

    private void follow(Hop hop, Answer redirect) {
        redirects = redirects == null ? new Redirects(startedAt()) : redirects;
        String location = Objects.requireNonNull(redirect.location());
        Next next = redirects.follow(hop, redirect.status(), location, redirect.cookies());
        if (next instanceof Next.End last) {
            end(last.failure());
        } else if (next instanceof Hop to) {
            send(new Exchange(this, to));
        }
    }

    /**
     * The current step has failed.
     *
     * @param connection null if none was opened
     */
    void failed(Throwable cause, @Nullable Connection connection) {
        end(FailureClassifier.of(step(), cause, connection, hasBegun()));
    }

    /** A body without an end is an answer: its status is known. */
    @Override
    protected void late() {
        boolean goesOn = step() == Step.BODY && exchange != null && exchange.goesOn();
        Failure failure = goesOn ? null : FailureClassifier.late(step(), hasBegun(), status, timeout());
        end(failure);
    }

    private boolean hasBegun() {
        return exchange != null && exchange.hasBegun();
    }

    @Override
    protected Observation seen(@Nullable Failure failure) {
        Peer peer = exchange == null ? null : exchange.peer(certificate);
        return Observation.of(this, failure, status, peer);
    }
}
