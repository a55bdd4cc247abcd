package io.openuptimes.check.type.line;

import io.openuptimes.check.net.Network;
import io.openuptimes.check.net.tls.Alpn;
import io.openuptimes.check.type.AnswerPart;
import io.openuptimes.check.type.CheckType;
import io.openuptimes.check.type.Prober;
import io.openuptimes.model.Target;
import io.openuptimes.model.TlsFields;
import io.openuptimes.model.TlsVersion;
import io.openuptimes.model.field.Field;
import io.openuptimes.model.field.FieldValues;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Connects and reads the lines with which a server greets, over TLS if the scheme is {@code lines}.
 *
 * @param connected called on the event loop when a connection is open
 */
public record LineType(Runnable connected) implements CheckType<LineSpec> {

    static final String NAME = "line";

    private static final Field<LineSpec, Integer> LINES =
            Field.<LineSpec>whole("lines", 1, 100).byDefault(1).asksForCheck().of(LineSpec::lines);

    private static final Field<LineSpec, Boolean> IGNORE_TLS_ERRORS = TlsFields.ignoreTlsErrors();
    private static final Field<LineSpec, TlsVersion> MIN_TLS_VERSION = TlsFields.minTlsVersion();
    private static final Field<LineSpec, String> CLIENT_CERTIFICATE = TlsFields.clientCertificate();

    /** For the registry. */
    public LineType() {
        this(() -> {});
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> schemes() {
        return List.of("line", "lines");
    }

    @Override
    public List<Field<LineSpec, ?>> fields() {
        return List.of(LINES, IGNORE_TLS_ERRORS, MIN_TLS_VERSION, CLIENT_CERTIFICATE);
    }

    @Override
    public Class<LineSpec> specClass() {
        return LineSpec.class;
    }

    @Override
    public LineSpec spec(FieldValues values) {
        return new LineSpec(
                values.get(LINES),
                values.get(IGNORE_TLS_ERRORS),
                values.get(MIN_TLS_VERSION),
                values.get(CLIENT_CERTIFICATE));
    }

    @Override
    public void checkUrl(String url) {
        target(url);
    }

    private static Target target(String url) {
        URI uri = URI.create(url);
        String host = uri.getHost();
        if (host == null || uri.getPort() < 1) {
            throw new IllegalArgumentException("must have a host and a port");
        }
        return new Target(uri.getScheme().toLowerCase(Locale.ROOT).equals("lines"), host, uri.getPort(), "/");
    }

    @Override
    public Set<AnswerPart> answer() {
        return Set.of(AnswerPart.CERTIFICATE);
    }

    @Override
    public Prober<LineSpec> prober(Network network) {
        network.tls().offer(Alpn.NONE);
        return (service, spec) ->
                network.run(new LineAttempt(service.timeout(), spec, target(service.url()), connected));
    }
}
