package io.openuptimes.web;

import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Disclosure;
import io.openuptimes.model.Peer;
import io.openuptimes.model.ServerCertificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Describes a check's failure, with details for the caller's access level that {@link CheckResult#error} omits. */
final class FailureText {

    private static final int MAX_NAMES = 3;

    private FailureText() {}

    /**
     * @param disclosure readers see the names of a certificate that is not valid for the host; writers also see the
     *     egress rule that denied the check
     */
    static String of(CheckResult result, Disclosure disclosure) {
        if (disclosure.compareTo(Disclosure.WRITER) >= 0 && result.deniedBy() != null) {
            return result.error() + ": " + result.deniedBy();
        }
        if (disclosure.compareTo(Disclosure.READER) >= 0 && result.error().equals(ServerCertificate.OTHER_NAME)) {
            return withNames(result.error(), result.peer());
        }
        return result.error();
    }

    private static String withNames(String error, @Nullable Peer peer) {
        ServerCertificate certificate = peer == null ? null : peer.certificate();
        if (certificate == null || certificate.names().isEmpty()) {
            return error;
        }
        List<String> names = certificate.names();
        String listed = String.join(", ", names.subList(0, Math.min(MAX_NAMES, names.size())));
        String more = names.size() > MAX_NAMES ? " and " + (names.size() - MAX_NAMES) + " more" : "";
        return error + ", only for " + listed + more;
    }
}
