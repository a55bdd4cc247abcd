package io.openuptimes.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
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
 * @param expectedStatus the HTTP status code that means up, 100 to 999
 * @param method of the check's request
 * @param timeout of a whole check, milliseconds, 100 to 120000
 * @param interval between two checks, seconds, 1 to 86400; null for the configured default
 * @param visible false hides the service from callers without a key
 * @param paused true keeps the schedule from checking it; whoever asks for a check of it by name gets one
 * @param headers sent with the request
 * @param body sent with the request, null for none
 * @param bodySecret whether the body is a secret, shown to nobody
 * @param followRedirects whether a redirect is followed
 * @param ignoreTlsErrors whether a certificate that cannot be trusted is accepted
 * @param expectedStatuses all that mean up; null where {@code expectedStatus} alone does
 * @param clientCertificate which of the configured client certificates is shown to the server; null for none
 * @param minTlsVersion the oldest version of TLS that is spoken; null for TLS 1.2
 * @param labels keys and values of the caller's own, at most 20
 * @param locations where it is checked from, by each of them; empty for anywhere, by one
 * @param quorum how many of the locations must find it down for it to be down; null for the majority
 * @param declared comes from the file of services; nothing but that file changes it
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
        boolean bodySecret,
        boolean followRedirects,
        boolean ignoreTlsErrors,
        @Nullable ExpectedStatuses expectedStatuses,
        @Nullable String clientCertificate,
        @Nullable TlsVersion minTlsVersion,
        Map<String, String> labels,
        List<String> locations,
        @Nullable Integer quorum,
        boolean declared) {

    public Service {
        headers = headers.isEmpty()
                ? Map.of() // as most are, and there may be a million
                : Collections.unmodifiableMap(new LinkedHashMap<>(headers)); // in the order given
        labels = Map.copyOf(labels);
        locations = List.copyOf(locations);
    }

    /** The same under another name, in another group. */
    Service named(String otherName, String otherGroup) {
        return otherName.equals(name) && otherGroup.equals(group) ? this : with(otherName, otherGroup, headers, body);
    }

    /** The same service with other headers and another body. */
    public Service with(Map<String, String> otherHeaders, @Nullable String otherBody) {
        return with(name, group, otherHeaders, otherBody);
    }

    private Service with(
            String otherName, String otherGroup, Map<String, String> otherHeaders, @Nullable String otherBody) {
        return new Service(
                id,
                createdAt,
                otherName,
                url,
                description,
                otherGroup,
                expectedStatus,
                method,
                timeout,
                interval,
                visible,
                paused,
                otherHeaders,
                otherBody,
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

    /** Tells one URL of a service from another without holding it: equal for equal URLs, in every process. */
    public int urlHash() {
        return url.hashCode();
    }

    /** Whether an answer with that status code means up. */
    public boolean expects(int statusCode) {
        return expectedStatuses == null ? statusCode == expectedStatus : expectedStatuses.contains(statusCode);
    }

    /** The status codes that mean up, for a person to read. */
    public String expectedText() {
        return expectedStatuses == null ? String.valueOf(expectedStatus) : expectedStatuses.toString();
    }

    /** How many of its locations must find it down for it to be down. */
    public int downsNeeded() {
        return quorum != null ? quorum : locations.size() / 2 + 1;
    }

    /**
     * Seconds between two checks of it.
     *
     * @param defaultInterval of services that set none
     */
    public int intervalOr(int defaultInterval) {
        return interval != null ? interval : defaultInterval;
    }

    /**
     * How long what a check of it found counts, milliseconds from the start of that check: two intervals and the timeout.
     *
     * @param defaultInterval seconds, for services that set none
     */
    public long maxAge(int defaultInterval) {
        return 2_000L * intervalOr(defaultInterval) + timeout;
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
                && ignoreTlsErrors == other.ignoreTlsErrors
                && Objects.equals(expectedStatuses, other.expectedStatuses)
                && Objects.equals(clientCertificate, other.clientCertificate)
                && minTlsVersion == other.minTlsVersion;
    }

    /** Without headers, body and the URL's query: they may hold secrets. */
    @Override
    public String toString() {
        return "Service[" + id + " " + name + " " + method + " " + ServiceView.withoutQuery(url) + "]";
    }
}
