package io.openuptimes.check.type.http;

import io.openuptimes.check.net.Network;
import io.openuptimes.check.type.AnswerPart;
import io.openuptimes.check.type.CheckType;
import io.openuptimes.check.type.Prober;
import io.openuptimes.model.HttpFields;
import io.openuptimes.model.Service;
import io.openuptimes.model.SpecType;
import java.util.Set;

/** Sends an HTTP or HTTPS request and follows its redirects. */
public final class HttpCheckType implements CheckType<Service> {

    private static final Set<AnswerPart> ANSWER = Set.of(AnswerPart.STATUS_CODE, AnswerPart.CERTIFICATE);

    @Override
    public SpecType<?> spec() {
        return HttpFields.TYPE;
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
