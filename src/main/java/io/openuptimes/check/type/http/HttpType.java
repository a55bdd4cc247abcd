package io.openuptimes.check.type.http;

import io.openuptimes.check.net.Network;
import io.openuptimes.check.type.AnswerPart;
import io.openuptimes.check.type.CheckType;
import io.openuptimes.check.type.Prober;
import io.openuptimes.model.Service;
import java.util.List;
import java.util.Set;

/** One HTTP or HTTPS request, and the redirects that it leads to. */
public final class HttpType implements CheckType<Service> {

    private static final List<String> SCHEMES = List.of("http", "https");
    private static final List<String> FIELDS = List.of(
            "method",
            "expectedStatus",
            "expectedStatuses",
            "headers",
            "body",
            "bodySecret",
            "followRedirects",
            "ignoreTlsErrors",
            "clientCertificate",
            "minTlsVersion");
    private static final Set<AnswerPart> ANSWER = Set.of(AnswerPart.STATUS_CODE, AnswerPart.CERTIFICATE);

    @Override
    public String name() {
        return "http";
    }

    @Override
    public List<String> schemes() {
        return SCHEMES;
    }

    @Override
    public List<String> fields() {
        return FIELDS;
    }

    @Override
    public Set<AnswerPart> answer() {
        return ANSWER;
    }

    @Override
    public Service read(Service service) {
        return service;
    }

    @Override
    public Prober<Service> prober(Network network) {
        network.tls().offer(HttpAttempt.ALPN);
        return new HttpProber(network);
    }
}
