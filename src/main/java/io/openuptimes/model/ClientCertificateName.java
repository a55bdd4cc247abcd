package io.openuptimes.model;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** By which name a service chooses one of the client certificates of the settings. */
final class ClientCertificateName {

    static final String FIELD = "clientCertificate";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    private ClientCertificateName() {}

    /**
     * Whether the settings have a certificate of that name is known where it is checked.
     *
     * @return null for none
     * @throws InvalidInputException if it cannot be the name of one
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
