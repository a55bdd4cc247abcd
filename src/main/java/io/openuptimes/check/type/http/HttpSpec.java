package io.openuptimes.check.type.http;

import io.openuptimes.model.StatusSpec;
import io.openuptimes.model.TlsSpec;
import io.openuptimes.model.TlsVersion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The request of an HTTP check and the expected answer.
 *
 * @param method of the request
 * @param expectedStatus the status code that means up, 100 to 999
 * @param expectedStatuses all codes that mean up; null if {@code expectedStatus} is the only one
 * @param headers sent with the request
 * @param body sent with the request; null for none
 * @param bodySecret whether the body is secret and never shown
 * @param followRedirects whether redirects are followed
 * @param ignoreTlsErrors whether untrusted certificates are accepted
 * @param minTlsVersion minimum TLS version; null for TLS 1.2
 * @param clientCertificate name of the configured client certificate to present; null for none
 */
public record HttpSpec(
        Method method,
        int expectedStatus,
        @Nullable ExpectedStatuses expectedStatuses,
        Map<String, String> headers,
        @Nullable String body,
        boolean bodySecret,
        boolean followRedirects,
        boolean ignoreTlsErrors,
        @Nullable TlsVersion minTlsVersion,
        @Nullable String clientCertificate)
        implements TlsSpec, StatusSpec {

    private static final String HEADERS = RequestHeaders.FIELD + ".";
    private static final String BODY = "body";

    /** Shared by all services that set none of its fields, usually most of them. */
    private static final HttpSpec PLAIN =
            new HttpSpec(Method.GET, 200, null, Map.of(), null, false, true, false, null, null);

    public HttpSpec {
        headers = headers.isEmpty()
                ? Map.of() // the common case
                : Collections.unmodifiableMap(new LinkedHashMap<>(headers)); // keeps the order
    }

    /** The shared instance if this sets none of the fields. */
    HttpSpec shared() {
        return equals(PLAIN) ? PLAIN : this;
    }

    @Override
    public String type() {
        return HttpType.NAME;
    }

    @Override
    public boolean expects(int statusCode) {
        return expectedStatuses == null ? statusCode == expectedStatus : expectedStatuses.contains(statusCode);
    }

    @Override
    public String expectedText() {
        return expectedStatuses == null ? String.valueOf(expectedStatus) : expectedStatuses.toString();
    }

    @Override
    public List<SpecText> texts() {
        if (headers.isEmpty() && body == null) {
            return List.of();
        }
        List<SpecText> texts = new ArrayList<>(headers.size() + 1);
        headers.forEach((name, value) -> texts.add(header(name, value)));
        if (body != null) {
            texts.add(new SpecText(BODY, body, bodySecret));
        }
        return texts;
    }

    private static SpecText header(String name, String value) {
        return new SpecText(HEADERS + name, value, SecretHeaders.isSecret(name));
    }

    @Override
    public <X extends Exception> HttpSpec withTexts(TextChange<X> change) throws X {
        if (headers.isEmpty() && body == null) {
            return this;
        }
        Map<String, String> changed = new LinkedHashMap<>();
        for (Map.Entry<String, String> header : headers.entrySet()) {
            changed.put(header.getKey(), change.changed(header(header.getKey(), header.getValue())));
        }
        return new HttpSpec(
                        method,
                        expectedStatus,
                        expectedStatuses,
                        changed,
                        body == null ? null : change.changed(new SpecText(BODY, body, bodySecret)),
                        bodySecret,
                        followRedirects,
                        ignoreTlsErrors,
                        minTlsVersion,
                        clientCertificate)
                .shared();
    }

    /** Without headers and body, which may contain secrets. */
    @Override
    public String toString() {
        return "HttpSpec[" + method + " " + expectedText() + "]";
    }
}
