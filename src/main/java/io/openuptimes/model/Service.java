package io.openuptimes.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A monitored service.
 *
 * @param id assigned once; a rename keeps it, and with it status and history
 * @param createdAt epoch milliseconds
 * @param name unique, 1 to 200 characters
 * @param url absolute http or https URL
 * @param description up to 2000 characters
 * @param group under which it is listed, up to 100 characters; empty for no group
 * @param expectedStatus the HTTP status code that means up, 100 to 999
 * @param method of the check's request
 * @param timeout of a whole check, milliseconds, 100 to 120000
 * @param interval between two checks, seconds, 1 to 86400; null for the configured default
 * @param visible false hides the service from callers without a key
 * @param paused true stops scheduled checks; requested checks still run
 * @param headers sent with the request
 * @param body sent with the request; null for none
 * @param bodySecret whether the body is secret and never shown
 * @param followRedirects whether redirects are followed
 * @param ignoreTlsErrors whether untrusted certificates are accepted
 * @param expectedStatuses all codes that mean up; null if {@code expectedStatus} is the only one
 * @param clientCertificate name of the configured client certificate to present; null for none
 * @param minTlsVersion minimum TLS version; null for TLS 1.2
 * @param labels free-form keys and values, at most 20
 * @param locations that each check the service; empty if any one node does
 * @param quorum number of locations that must find it down for it to be down; null for the majority
 * @param declared whether it comes from the services file, the only place that can change it
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
                ? Map.of() // the common case, and there may be a million services
                : Collections.unmodifiableMap(new LinkedHashMap<>(headers)); // keeps the order
        labels = Map.copyOf(labels);
        locations = List.copyOf(locations);
    }

    /** The same service with another name and group. */
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

    /** A hash of the URL that is stable across processes; detects a changed URL without storing it. */
    public int urlHash() {
        return url.hashCode();
    }

    /** Whether the status code means up. */
    public boolean expects(int statusCode) {
        return expectedStatuses == null ? statusCode == expectedStatus : expectedStatuses.contains(statusCode);
    }

    /** The status codes that mean up, for people. */
    public String expectedText() {
        return expectedStatuses == null ? String.valueOf(expectedStatus) : expectedStatuses.toString();
    }

    /** Number of locations that must find it down for it to be down. */
    public int downsNeeded() {
        return quorum != null ? quorum : locations.size() / 2 + 1;
    }

    /**
     * The interval in seconds.
     *
     * @param defaultInterval for services without one
     */
    public int intervalOr(int defaultInterval) {
        return interval != null ? interval : defaultInterval;
    }

    /**
     * How long a result stays current, in milliseconds from the start of its check: two intervals plus the timeout.
     *
     * @param defaultInterval seconds, for services without an interval
     */
    public long maxAge(int defaultInterval) {
        return 2_000L * intervalOr(defaultInterval) + timeout;
    }

    /**
     * Whether checks of both are equivalent: the same request with the same expectation.
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

    /** Without headers, body and the URL's query, which may contain secrets. */
    @Override
    public String toString() {
        return "Service[" + id + " " + name + " " + method + " " + ServiceView.withoutQuery(url) + "]";
    }
}
