package io.openuptimes.check.type.line;

import io.openuptimes.model.Service;
import io.openuptimes.model.Target;
import io.openuptimes.model.TlsSpec;
import java.net.URI;

/**
 * What a check of lines must know of a service. Its own field is in the query of the URL, such as
 * {@code line://127.0.0.1:25?lines=2}.
 *
 * @param lines that make up the banner
 * @param timeout milliseconds
 */
record LineCheck(Target target, int lines, boolean ignoreTlsErrors, int timeout) {

    static LineCheck of(Service service) {
        URI url = URI.create(service.url());
        String query = url.getQuery();
        int lines = query == null ? 1 : Integer.parseInt(query.substring("lines=".length()));
        Target target = new Target(url.getScheme().equals("lines"), url.getHost(), url.getPort(), "/");
        return new LineCheck(
                target, lines, service.spec() instanceof TlsSpec spec && spec.ignoreTlsErrors(), service.timeout());
    }
}
