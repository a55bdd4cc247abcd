package io.openuptimes.model;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The name of a configured client certificate. */
final class ClientCertificateName {

    static final String FIELD = "clientCertificate";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    private ClientCertificateName() {}

    /**
     * Parses the name; whether the settings contain such a certificate is only known to the node that checks.
     *
     * @return null for none
     * @throws InvalidInputException if the text cannot be such a name
     */
    static @Nullable String parse(@Nullable Object given) throws InvalidInputException {
        if (given == null) {
            return null;
        }
        if (!(given instanceof String name) || !NAME.matcher(name).matches()) {
            throw new InvalidInputException(
                    FIELD, "must be the name of a client certificate: 1 to 100 letters, digits, ., _ or -");
        }
        return name;
    }
}
