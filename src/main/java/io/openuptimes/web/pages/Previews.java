package io.openuptimes.web.pages;

import io.vertx.core.Future;

/** Provides the previews of pages. The futures never fail, and complete within a second. */
public interface Previews {

    /** For the status page. */
    Future<Preview> status();

    /**
     * For a service's page.
     *
     * @param name as in the page's URL
     */
    Future<Preview> service(String name);

    /** For a page without state. */
    Future<Preview> plain();

    /** For an unknown path. */
    Future<Preview> missing();
}
