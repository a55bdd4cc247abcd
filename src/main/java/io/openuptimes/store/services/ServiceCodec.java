package io.openuptimes.store.services;

import io.openuptimes.model.CheckSpec.SpecText;
import io.openuptimes.model.InvalidInputException;
import io.openuptimes.model.LoggedService;
import io.openuptimes.model.Service;
import io.openuptimes.model.ServiceFields;
import io.openuptimes.model.SpecTypes;
import io.openuptimes.store.secrets.SealedException;
import io.openuptimes.store.secrets.SecretBox;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
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
        return new JsonObject(ServiceFields.toStored(sealed(service))).encode();
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
        String url = fields.getValue("url") instanceof String text ? text : "";
        Map<String, Object> known = new LinkedHashMap<>();
        Map<String, Object> unknown = new LinkedHashMap<>();
        fields.getMap().forEach((name, value) -> {
            boolean isKnown = ServiceFields.named(name, SpecTypes.nameOfUrl(url)) != null;
            (isKnown ? known : unknown).put(name, value);
        });
        return ServiceFields.parse(known, id, fields.getLong("createdAt", 0L), fields.getBoolean("declared", false))
                .withUnknown(Collections.unmodifiableMap(unknown));
    }

    /** Whether it would be stored differently now: with another key, encrypted at all, or in another form. */
    boolean isStale(String id, byte[] json) {
        Service stored = StoredService.read(id, json, UnaryOperator.identity());
        if (stored == null) {
            return true;
        }
        return stored.spec().texts().stream().anyMatch(text -> isSecret(text) && secrets.isStale(text.text()));
    }

    private static boolean isSecret(SpecText text) {
        return text.secret() || SecretBox.looksSealed(text.text());
    }

    private Service sealed(Service service) {
        return service.with(service.spec()
                .<RuntimeException>withTexts(
                        text -> isSecret(text) ? secrets.seal(text.text(), place(service, text)) : text.text()));
    }

    private Service opened(Service stored, UnaryOperator<String> shared) throws SealedException {
        List<SpecText> texts = stored.spec().texts();
        if (texts.isEmpty() || texts.stream().noneMatch(text -> SecretBox.looksSealed(text.text()))) {
            return stored; // the usual case
        }
        return stored.with(stored.spec().<SealedException>withTexts(text -> {
            String open = secrets.open(text.text(), place(stored, text));
            return shared.apply(open);
        }));
    }

    /** A sealed value can be opened only in this place. */
    private static String place(Service service, SpecText text) {
        return service.id() + "/" + text.place().toLowerCase(Locale.ROOT);
    }
}
