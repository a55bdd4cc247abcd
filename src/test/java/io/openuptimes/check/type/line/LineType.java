package io.openuptimes.check.type.line;

import io.openuptimes.check.net.Network;
import io.openuptimes.check.net.tls.Alpn;
import io.openuptimes.check.type.AnswerPart;
import io.openuptimes.check.type.CheckType;
import io.openuptimes.check.type.Prober;
import io.openuptimes.model.Service;
import io.openuptimes.model.SpecType;
import java.util.Set;

/**
 * Connects and reads the lines with which a server greets, over TLS if the scheme is {@code lines}.
 *
 * @param connected called on the event loop when a connection is open
 */
public record LineType(Runnable connected) implements CheckType<LineCheck> {

    @Override
    public SpecType<?> spec() {
        return LineSpecType.TYPE;
    }

    @Override
    public Set<AnswerPart> answer() {
        return Set.of(AnswerPart.CERTIFICATE);
    }

    @Override
    public LineCheck read(Service service) {
        return LineCheck.of(service);
    }

    @Override
    public Prober<LineCheck> prober(Network network) {
        network.tls().offer(Alpn.NONE);
        return check -> network.run(new LineAttempt(check, connected));
    }
}
