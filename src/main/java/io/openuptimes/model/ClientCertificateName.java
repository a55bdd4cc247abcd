package io.openuptimes.model;

import java.util.regex.Pattern;

/** The name of a configured client certificate. */
final class ClientCertificateName {

    static final String FIELD = "clientCertificate";

    static final int MAX = 100;
    static final String SYNTAX = "[A-Za-z0-9._-]{1," + MAX + "}";

    private static final Pattern NAME = Pattern.compile(SYNTAX);

    private ClientCertificateName() {}

    /**
     * Parses the name; whether the settings contain such a certificate is only known to the node that checks.
     *
     * @throws InvalidInputException if the text cannot be such a name
     */
    static String parse(Object given) throws InvalidInputException {
        if (!(given instanceof String name) || !NAME.matcher(name).matches()) {
            throw new InvalidInputException(
                    ProblemCode.INVALID_FORMAT,
                    FIELD,
                    "must be the name of a client certificate: 1 to 100 letters, digits, ., _ or -");
        }
        return name;
    }
}
