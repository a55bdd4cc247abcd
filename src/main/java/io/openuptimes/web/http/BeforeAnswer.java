package io.openuptimes.web.http;

import io.vertx.core.Future;

/** Work that must complete before the response is sent, see {@link Answers#before}. */
@FunctionalInterface
public interface BeforeAnswer {

    /**
     * @param status the response's HTTP status
     * @return the response is sent when this completes, even if it fails
     */
    Future<?> before(int status);
}
