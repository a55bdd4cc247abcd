package io.openuptimes.web.pages;

import io.vertx.core.Future;

/** Tells what pages say before their scripts run. The futures never fail, and complete within a second. */
public interface Previews {

    /** Of the status page. */
    Future<Preview> status();

    /**
     * Of a service's page.
     *
     * @param name as the page's address has it
     */
    Future<Preview> service(String name);

    /** Of a page that tells no state. */
    Future<Preview> plain();

    /** Of an address where there is nothing. */
    Future<Preview> missing();
}
