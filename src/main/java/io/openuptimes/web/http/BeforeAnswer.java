package io.openuptimes.web.http;

import io.vertx.core.Future;

/** Work that a request's answer waits for, see {@link Answers#before}. */
@FunctionalInterface
public interface BeforeAnswer {

    /**
     * @param status of the answer
     * @return the answer is sent when this completes, whether it succeeded or not
     */
    Future<?> before(int status);
}
