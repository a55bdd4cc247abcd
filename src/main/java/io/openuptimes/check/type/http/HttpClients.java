package io.openuptimes.check.type.http;

import io.vertx.core.Future;
import io.vertx.core.internal.VertxInternal;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;

/**
 * The clients that all HTTP checks share.
 *
 * @param web sends requests through {@code connections}
 * @param connections gives each request a connection of its own
 */
record HttpClients(WebClient web, FreshConnections connections) {

    static HttpClients of(VertxInternal vertx) {
        FreshConnections connections = new FreshConnections(vertx);
        WebClientOptions options =
                new WebClientOptions().setUserAgentEnabled(false).setFollowRedirects(false);
        return new HttpClients(WebClient.wrap(connections, options), connections);
    }

    Future<Void> close() {
        return connections.close();
    }
}
