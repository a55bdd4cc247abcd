package io.openuptimes.store.services;

import io.openuptimes.model.InvalidInputException;
import io.openuptimes.model.LoggedService;
import io.openuptimes.model.SecretHeaders;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceFields;
import io.openuptimes.store.secrets.SealedException;
import io.openuptimes.store.secrets.SecretBox;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores services as JSON with sealed secrets. In memory, secrets are open. Thread-safe. */
public final class ServiceCodec {

    private static final Logger log = LoggerFactory.getLogger(ServiceCodec.class);

    private final SecretBox secrets;

    public ServiceCodec(SecretBox secrets) {
        this.secrets = secrets;
    }

    /** The stored form; differs each time if it contains secrets. */
    String encode(Service service) {
        return new JsonObject(ServiceFields.toMap(sealed(service))).encode();
    }

    @Nullable
    Service decode(String id, byte[] json) {
        return decode(id, json, UnaryOperator.identity());
    }

    /**
     * Decodes the result of {@link #encode} quickly, and JSON written by anybody else with full validation.
     *
     * @param shared returns the same instance for equal strings
     * @return null if it cannot be read, which is logged
     */
    @Nullable
    Service decode(String id, byte[] json, UnaryOperator<String> shared) {
        try {
            Service service = StoredService.read(id, json, shared);
            return opened(service != null ? service : readWithCare(id, json), shared);
        } catch (InvalidInputException | SealedException | RuntimeException e) {
            log.error(
                    "{} cannot be read and is not checked: {}. Delete it, or run a version that knows it",
                    LoggedService.ofId(id),
                    e.getMessage());
            return null;
        }
    }

    private static Service readWithCare(String id, byte[] json) throws InvalidInputException {
        JsonObject fields = new JsonObject(new String(json, StandardCharsets.UTF_8));
        return ServiceFields.parse(
                fields.getMap(), id, fields.getLong("createdAt", 0L), fields.getBoolean("declared", false));
    }

    /** Whether it would be stored differently now: with another key, encrypted at all, or in another form. */
    boolean isStale(String id, byte[] json) {
        Service stored = StoredService.read(id, json, UnaryOperator.identity());
        if (stored == null) {
            return true;
        }
        String body = stored.body();
        return (body != null && isSecretBody(stored, body) && secrets.isStale(body))
                || stored.headers().entrySet().stream()
                        .anyMatch(header -> isSecretHeader(header) && secrets.isStale(header.getValue()));
    }

    private static boolean isSecretHeader(Map.Entry<String, String> header) {
        return SecretHeaders.isSecret(header.getKey()) || SecretBox.looksSealed(header.getValue());
    }

    private static boolean isSecretBody(Service service, String body) {
        return service.bodySecret() || SecretBox.looksSealed(body);
    }

    private Service sealed(Service service) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Map.Entry<String, String> header : service.headers().entrySet()) {
            String value = header.getValue();
            headers.put(
                    header.getKey(),
                    isSecretHeader(header) ? secrets.seal(value, place(service, "headers." + header.getKey())) : value);
        }
        String body = service.body();
        return service.with(
                headers,
                body != null && isSecretBody(service, body) ? secrets.seal(body, place(service, "body")) : body);
    }

    private Service opened(Service stored, UnaryOperator<String> shared) throws SealedException {
        String body = stored.body();
        boolean sealedBody = body != null && SecretBox.looksSealed(body);
        if (!sealedBody && stored.headers().values().stream().noneMatch(SecretBox::looksSealed)) {
            return stored; // the usual case
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (Map.Entry<String, String> header : stored.headers().entrySet()) {
            String value = secrets.open(header.getValue(), place(stored, "headers." + header.getKey()));
            headers.put(header.getKey(), shared.apply(value));
        }
        return stored.with(headers, body == null ? null : secrets.open(body, place(stored, "body")));
    }

    /** A sealed value can be opened only in this place. */
    private static String place(Service service, String field) {
        return service.id() + "/" + field.toLowerCase(Locale.ROOT);
    }
}
