package io.openuptimes.store.services;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.openuptimes.model.ExpectedStatuses;
import io.openuptimes.model.Method;
import io.openuptimes.model.Service;
import io.openuptimes.model.TlsVersion;
import io.openuptimes.store.secrets.SecretBox;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads a service's JSON as written by this store, without validating its fields again: a million of them may have to
 * be read at startup.
 */
final class StoredService {

    private static final JsonFactory JSON = new JsonFactory();

    /** One bit per required field; if one is missing, the JSON was not written by this store. */
    private static final int NAME = 1;

    private static final int URL = 1 << 1;
    private static final int EXPECTED_STATUS = 1 << 2;
    private static final int METHOD = 1 << 3;
    private static final int TIMEOUT = 1 << 4;
    private static final int FOLLOW_REDIRECTS = 1 << 5;
    private static final int REQUIRED = (1 << 6) - 1;

    private final JsonParser in;
    private final UnaryOperator<String> shared;

    private long createdAt;
    private String name = "";
    private String url = "";
    private String description = "";
    private String group = "";
    private int expectedStatus;
    private @Nullable Method method;
    private int timeout;
    private @Nullable Integer interval;
    private boolean visible = true;
    private boolean paused;
    private Map<String, String> headers = Map.of();
    private @Nullable String body;
    private boolean bodySecret;
    private boolean followRedirects;
    private boolean ignoreTlsErrors;
    private @Nullable ExpectedStatuses expectedStatuses;
    private @Nullable String clientCertificate;
    private @Nullable TlsVersion minTlsVersion;
    private Map<String, String> labels = Map.of();
    private List<String> locations = List.of();
    private @Nullable Integer quorum;
    private boolean declared;
    private int required;

    private StoredService(JsonParser in, UnaryOperator<String> shared) {
        this.in = in;
        this.shared = shared;
    }

    /**
     * Reads a service.
     *
     * @param shared returns the same instance for equal strings: many services share their group and labels
     * @return null if it differs in any way from the form that this store writes; the caller then parses it fully
     */
    static @Nullable Service read(String id, byte[] json, UnaryOperator<String> shared) {
        try (JsonParser in = JSON.createParser(json)) {
            return new StoredService(in, shared).read(id);
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
    }

    private @Nullable Service read(String id) throws IOException {
        if (in.nextToken() != JsonToken.START_OBJECT) {
            return null;
        }
        for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
            if (!take(id, field, in.nextToken())) {
                return null;
            }
        }
        Method read = method;
        if (in.currentToken() != JsonToken.END_OBJECT
                || in.nextToken() != null
                || required != REQUIRED
                || read == null) {
            return null;
        }
        return new Service(
                id,
                createdAt,
                name,
                url,
                description,
                group,
                expectedStatus,
                read,
                timeout,
                interval,
                visible,
                paused,
                headers,
                body,
                bodySecret,
                followRedirects,
                ignoreTlsErrors,
                expectedStatuses,
                clientCertificate,
                minTlsVersion,
                labels,
                locations,
                quorum,
                declared);
    }

    private boolean take(String id, String field, JsonToken value) throws IOException {
        switch (field) {
            case "id" -> {
                return id.equals(in.getText());
            }
            case "name" -> name = required(NAME, text());
            case "url" -> url = required(URL, text());
            case "description" -> description = text();
            case "group" -> group = shared.apply(text());
            case "expectedStatus" -> expectedStatus = required(EXPECTED_STATUS, in.getIntValue());
            case "expectedStatuses" -> expectedStatuses = ExpectedStatuses.of(text());
            case "method" -> method = required(METHOD, Method.valueOf(text()));
            case "timeout" -> timeout = required(TIMEOUT, in.getIntValue());
            case "interval" -> interval = value == JsonToken.VALUE_NULL ? null : Integer.valueOf(in.getIntValue());
            case "visible" -> visible = in.getBooleanValue();
            case "paused" -> paused = in.getBooleanValue();
            case "headers" -> headers = texts();
            case "body" -> body = value == JsonToken.VALUE_NULL ? null : text();
            case "bodySecret" -> bodySecret = in.getBooleanValue();
            case "followRedirects" -> followRedirects = required(FOLLOW_REDIRECTS, in.getBooleanValue());
            case "ignoreTlsErrors" -> ignoreTlsErrors = in.getBooleanValue();
            case "minTlsVersion" -> minTlsVersion = TlsVersion.of(text());
            case "clientCertificate" -> clientCertificate = shared.apply(text());
            case "labels" -> labels = texts();
            case "locations" -> locations = list();
            case "quorum" -> quorum = value == JsonToken.VALUE_NULL ? null : Integer.valueOf(in.getIntValue());
            case "createdAt" -> createdAt = in.getLongValue();
            case "declared" -> declared = in.getBooleanValue();
            default -> {
                return false;
            }
        }
        return true;
    }

    private <T> T required(int field, T value) {
        required |= field;
        return value;
    }

    private String text() throws IOException {
        if (in.currentToken() != JsonToken.VALUE_STRING) {
            throw new IllegalArgumentException("not a text");
        }
        return in.getText();
    }

    private List<String> list() throws IOException {
        if (in.currentToken() != JsonToken.START_ARRAY) {
            throw new IllegalArgumentException("not a list");
        }
        List<String> list = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            list.add(shared.apply(text()));
        }
        return list;
    }

    private Map<String, String> texts() throws IOException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            throw new IllegalArgumentException("not an object");
        }
        Map<String, String> texts = Map.of();
        for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
            if (texts.isEmpty()) {
                texts = new LinkedHashMap<>();
            }
            in.nextToken();
            String text = text();
            texts.put(shared.apply(field), SecretBox.looksSealed(text) ? text : shared.apply(text));
        }
        if (in.currentToken() != JsonToken.END_OBJECT) {
            throw new IllegalArgumentException("not an object of texts");
        }
        return texts;
    }
}
