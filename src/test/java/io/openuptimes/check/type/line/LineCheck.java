package io.openuptimes.check.type.line;

import io.openuptimes.model.Service;
import io.openuptimes.model.Target;
import java.net.URI;

/**
 * What a check of lines must know of a service.
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
