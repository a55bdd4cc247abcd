package io.openuptimes.check.type.line;

import io.openuptimes.model.TlsSpec;
import io.openuptimes.model.TlsVersion;
import org.jspecify.annotations.Nullable;

/**
 * The spec of a check of lines.
 *
 * @param lines number of lines of the banner
 */
public record LineSpec(
        int lines,
        boolean ignoreTlsErrors,
        @Nullable TlsVersion minTlsVersion,
        @Nullable String clientCertificate) implements TlsSpec {

    public static LineSpec of(int lines) {
        return new LineSpec(lines, false, null, null);
    }

    @Override
    public String type() {
        return LineType.NAME;
    }
}
