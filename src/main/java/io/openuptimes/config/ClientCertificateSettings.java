package io.openuptimes.config;

import io.openuptimes.config.Settings.ClientCertificate;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code checks.clientCertificates}: a section with one entry per name, or the same as JSON in a variable. */
final class ClientCertificateSettings {

    private static final String KEY = "checks.clientCertificates";
    private static final Set<String> FIELDS = Set.of("cert", "key", "keyPassword");
    /** Each has its own TLS contexts. */
    private static final int MOST = 100;
    /** The same pattern as for the service field. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    private final SettingValues values;

    ClientCertificateSettings(SettingValues values) {
        this.values = values;
    }

    Map<String, ClientCertificate> read() {
        SettingValues.Given given = values.find(KEY);
        if (given == null) {
            return Map.of();
        }
        JsonObject section = section(given.value());
        if (section == null) {
            values.problem(given.source() + ": must be a section of names, each with cert and key");
            return Map.of();
        }
        if (section.size() > MOST) {
            values.problem(given.source() + ": must have at most " + MOST + " certificates");
            return Map.of();
        }
        Map<String, ClientCertificate> certificates = new HashMap<>();
        for (String name : section.fieldNames()) {
            ClientCertificate certificate = certificate(given.source(), name, section.getValue(name));
            if (certificate != null) {
                certificates.put(name, certificate);
            }
        }
        return certificates;
    }

    private static @Nullable JsonObject section(Object value) {
        if (value instanceof JsonObject section) {
            return section;
        }
        try {
            return value instanceof String text ? new JsonObject(text) : null;
        } catch (DecodeException e) {
            return null; // the message quotes the value, which may contain a password
        }
    }

    private @Nullable ClientCertificate certificate(String source, String name, @Nullable Object value) {
        if (!NAME.matcher(name).matches()) {
            values.problem(source + ": a name must be 1 to 100 letters, digits, ., _ or -, not \"" + name + "\"");
            return null;
        }
        String entry = source + "." + name;
        if (!(value instanceof JsonObject fields)) {
            values.problem(entry + ": must be a section with cert and key");
            return null;
        }
        for (String field : fields.fieldNames()) {
            if (!FIELDS.contains(field)) {
                values.problem(entry + "." + field + ": unknown setting");
            }
        }
        String cert = file(entry, fields, "cert");
        String key = file(entry, fields, "key");
        Object password = fields.getValue("keyPassword");
        return cert == null || key == null
                ? null
                : new ClientCertificate(cert, key, password == null ? null : password.toString());
    }

    private @Nullable String file(String entry, JsonObject fields, String field) {
        if (fields.getValue(field) instanceof String path && !path.isEmpty()) {
            return path;
        }
        values.problem(entry + "." + field + ": must be the path of a PEM file");
        return null;
    }
}
