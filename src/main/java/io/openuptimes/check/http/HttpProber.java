package io.openuptimes.check.http;

import io.openuptimes.check.Prober;
import io.openuptimes.config.InvalidSettingsException;
import io.openuptimes.config.Settings;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Phases;
import io.openuptimes.model.Service;
import io.openuptimes.model.Target;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks in HTTP and HTTPS: a request on a connection of its own, redirects followed where the service says so, and the
 * verdict by the status code.
 */
public final class HttpProber implements Prober {

    private static final Logger LOG = LoggerFactory.getLogger(HttpProber.class);
    private static final BodyLimit BODY = new BodyLimit();

    private final Vertx vertx;
    private final Clock clock;
    private final ClientTls tls;
    private final FreshConnections connections;
    private final WebClient client;

    /**
     * Reads the trust store and sets up TLS, which takes a while on a cold JVM: not for an event loop.
     *
     * @throws InvalidSettingsException if {@code checks.caFile} cannot be used
     */
    public HttpProber(Vertx vertx, Settings.Checks settings, Clock clock) throws InvalidSettingsException {
        this(vertx, new ClientTls(Trust.load(settings.caFile())), clock);
    }

    HttpProber(Vertx vertx, ClientTls tls, Clock clock) {
        this.vertx = vertx;
        this.clock = clock;
        this.tls = tls;
        this.connections = new FreshConnections((VertxInternal) vertx, tls);
        this.client = WebClient.wrap(
                connections, new WebClientOptions().setUserAgentEnabled(false).setFollowRedirects(false));
    }

    @Override
    public Future<CheckResult> probe(Service service) {
        Target target;
        try {
            target = Target.of(service.url());
        } catch (IllegalArgumentException e) {
            return Future.succeededFuture(new CheckResult(
                    service.id(), clock.millis(), Outcome.PROTOCOL, 0, 0, Phases.NONE, "the URL is not valid"));
        }
        Attempt attempt = new Attempt(vertx, service, target, clock.millis());
        new Check(service, attempt).send(Hop.first(service, target));
        return attempt.result();
    }

    /** Breaks off what is under way and closes all connections. */
    public Future<Void> close() {
        return connections.close().onComplete(closed -> tls.close());
    }

    /** The requests of one check, one after the other. */
    private final class Check {

        private final Service service;
        private final Attempt attempt;
        private final Redirects redirects = new Redirects();

        Check(Service service, Attempt attempt) {
            this.service = service;
            this.attempt = attempt;
        }

        void send(Hop hop) {
            try {
                HttpRequest<Void> request = client.request(
                                hop.method(),
                                new RequestOptions()
                                        .setServer(attempt)
                                        .setHost(hop.target().host())
                                        .setPort(hop.target().port())
                                        .setSsl(hop.target().tls())
                                        .setURI(hop.target().requestUri())
                                        .setHeaders(hop.headers()))
                        .as(BODY);
                Buffer body = hop.body();
                Future<HttpResponse<Void>> answer = body == null ? request.send() : request.sendBuffer(body);
                answer.onComplete(done -> settle(hop, done));
            } catch (RuntimeException e) {
                LOG.warn("The request of service {} could not be made", service.id(), e);
                attempt.end(Failures.of(null, e));
            }
        }

        private void settle(Hop hop, AsyncResult<HttpResponse<Void>> done) {
            if (attempt.isOver()) {
                return;
            }
            if (done.failed() && !(done.cause() instanceof BodyLimit.Reached)) {
                attempt.end(Failures.of(attempt.step(), done.cause()));
                return;
            }
            int status = attempt.status();
            String location = attempt.location();
            if (service.followRedirects() && location != null && Redirects.isRedirect(status)) {
                follow(hop, status, location);
            } else if (status == service.expectedStatus()) {
                attempt.end(Outcome.UP, "");
            } else {
                attempt.end(Outcome.STATUS, "expected " + service.expectedStatus() + ", got " + status);
            }
        }

        private void follow(Hop hop, int status, String location) {
            Next next = redirects.follow(hop, status, location);
            if (next instanceof Failure failure) {
                attempt.end(failure);
            } else if (next instanceof Hop to) {
                attempt.proceedTo(to.target());
                send(to);
            }
        }
    }
}
