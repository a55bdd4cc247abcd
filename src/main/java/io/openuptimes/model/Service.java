package io.openuptimes.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A service as it is kept.
 *
 * @param id given once, never changed; a rename keeps it, and with it status and history
 * @param createdAt epoch milliseconds
 * @param name unique, 1 to 200 characters
 * @param url absolute http or https URL
 * @param description up to 2000 characters
 * @param group what it is shown under, up to 100 characters; empty for no group
 * @param expectedStatus the HTTP status code that means up, 100 to 599
 * @param method of the check's request
 * @param timeout of a whole check, milliseconds, 100 to 120000
 * @param interval between two checks, seconds, 1 to 86400; null for the configured default
 * @param visible false hides the service from callers without a key
 * @param paused true keeps the schedule from checking it; whoever asks for a check of it by name gets one
 * @param headers sent with the request
 * @param body sent with the request, null for none
 * @param followRedirects whether a redirect is followed
 * @param ignoreTlsErrors whether a certificate that cannot be trusted is accepted
 */
public record Service(
        String id,
        long createdAt,
        String name,
        String url,
        String description,
        String group,
        int expectedStatus,
        Method method,
        int timeout,
        @Nullable Integer interval,
        boolean visible,
        boolean paused,
        Map<String, String> headers,
        @Nullable String body,
        boolean followRedirects,
        boolean ignoreTlsErrors) {

    public Service {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers)); // in the order given
    }

    /**
     * Whether a check of the one says as much of the other: both ask the same, in the same way, and expect the same.
     */
    public boolean isCheckedLike(Service other) {
        return url.equals(other.url)
                && method == other.method
                && headers.equals(other.headers)
                && Objects.equals(body, other.body)
                && timeout == other.timeout
                && expectedStatus == other.expectedStatus
                && followRedirects == other.followRedirects
                && ignoreTlsErrors == other.ignoreTlsErrors;
    }

    /** Without headers and body: they may hold secrets. */
    @Override
    public String toString() {
        return "Service[" + id + " " + name + " " + method + " " + url + "]";
    }
}
