package io.openuptimes.web.board;

import io.openuptimes.model.DatedCertificate;
import io.openuptimes.model.ServerCertificate;
import io.openuptimes.model.Warning;
import io.openuptimes.web.http.JsonText;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** A server's certificate and its warning in API answers. */
public final class CertificateJson {

    private CertificateJson() {}

    /** With all details for callers with a key. */
    public static JsonObject of(DatedCertificate certificate) {
        StringBuilder json = new StringBuilder();
        append(json, certificate, true);
        return new JsonObject(json.toString());
    }

    /**
     * Appends an object, or null.
     *
     * @param withDetails whether to include more than the expiry date; names may reveal a private address
     */
    static void append(StringBuilder json, @Nullable DatedCertificate dated, boolean withDetails) {
        if (dated == null) {
            json.append("null");
            return;
        }
        ServerCertificate certificate = dated.certificate();
        json.append("{\"validTo\":").append(certificate.validTo());
        json.append(",\"daysLeft\":").append(dated.daysLeft());
        if (withDetails) {
            json.append(",\"validFrom\":").append(certificate.validFrom());
            json.append(",\"chainValidTo\":").append(certificate.chainValidTo());
            json.append(",\"issuer\":");
            JsonText.quote(json, certificate.issuer());
            json.append(",\"names\":[");
            String separator = "";
            for (String name : certificate.names()) {
                JsonText.quote(json.append(separator), name);
                separator = ",";
            }
            json.append("],\"fingerprint\":");
            JsonText.quote(json, certificate.fingerprint());
        }
        json.append('}');
    }

    /** Appends a list, usually empty. It is public, even for expiring chains, because it contains days but no names. */
    static void warnings(StringBuilder json, @Nullable Warning warning) {
        if (warning == null) {
            json.append("[]");
            return;
        }
        json.append("[{\"code\":\"").append(warning.code()).append("\",\"message\":");
        JsonText.quote(json, warning.message());
        json.append(",\"days\":").append(warning.days()).append("}]");
    }
}
