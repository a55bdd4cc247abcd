package io.openuptimes.check.type.line;

import io.openuptimes.model.Service;
import io.openuptimes.model.Target;
import java.net.URI;

/**
 * The part of a service that a check of lines needs.
 *
 * @param timeout milliseconds
 */
record LineCheck(Target target, LineSpec spec, int timeout) {

    static LineCheck of(Service service) {
        URI url = URI.create(service.url());
        Target target = new Target(url.getScheme().equals("lines"), url.getHost(), url.getPort(), "/");
        return new LineCheck(target, (LineSpec) service.spec(), service.timeout());
    }
}
