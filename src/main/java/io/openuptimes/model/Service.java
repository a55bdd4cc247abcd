package io.openuptimes.model;

import io.openuptimes.model.field.Field;
import io.openuptimes.model.field.FieldValues;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A monitored service. {@link CommonFields} describes its fields; {@link #of} creates it from their values.
 *
 * @param id assigned once; a rename keeps it, and with it status and history
 * @param createdAt epoch milliseconds
 * @param declared whether it comes from the services file, the only place that can change it
 * @param name unique, 1 to 200 characters
 * @param url absolute URL of a known check type
 * @param description up to 2000 characters
 * @param group under which it is listed, up to 100 characters; empty for no group
 * @param timeout of a whole check, milliseconds, 100 to 120000
 * @param interval between two checks, seconds, 1 to 86400; null for the configured default
 * @param visible false hides the service from callers without a key
 * @param paused true stops scheduled checks; requested checks still run
 * @param labels free-form keys and values, at most 20
 * @param locations that each check the service; empty if any one node does
 * @param quorum number of locations that must find it down for it to be down; null for the majority
 * @param policy how results of checks become its status
 * @param spec the part that depends on its type
 * @param unknown stored members that this version does not know, as JSON values; every change keeps them, and no answer
 *     shows them
 */
public record Service(
        String id,
        long createdAt,
        boolean declared,
        String name,
        String url,
        String description,
        String group,
        int timeout,
        @Nullable Integer interval,
        boolean visible,
        boolean paused,
        Map<String, String> labels,
        List<String> locations,
        @Nullable Integer quorum,
        Policy policy,
        CheckSpec spec,
        Map<String, Object> unknown) {

    public Service {
        labels = Map.copyOf(labels);
        locations = List.copyOf(locations);
    }

    /** The service with these values of {@link CommonFields}. */
    public static Service of(
            String id,
            long createdAt,
            boolean declared,
            FieldValues values,
            CheckSpec spec,
            Map<String, Object> unknown) {
        return new Service(
                id,
                createdAt,
                declared,
                values.get(CommonFields.NAME),
                values.get(CommonFields.URL),
                values.get(CommonFields.DESCRIPTION),
                values.get(CommonFields.GROUP),
                values.get(CommonFields.TIMEOUT),
                values.get(CommonFields.INTERVAL),
                values.get(CommonFields.VISIBLE),
                values.get(CommonFields.PAUSED),
                values.get(CommonFields.LABELS),
                values.get(CommonFields.LOCATIONS),
                values.get(CommonFields.QUORUM),
                PolicyFields.read(values),
                spec,
                unknown);
    }

    private FieldValues values() {
        FieldValues values = new FieldValues();
        for (Field<Service, ?> field : CommonFields.ALL) {
            Object value = field.of(this);
            if (value != null) {
                values.put(field, value);
            }
        }
        return values;
    }

    /** The same service with another name and group. */
    Service named(String otherName, String otherGroup) {
        if (otherName.equals(name) && otherGroup.equals(group)) {
            return this;
        }
        FieldValues values = values();
        values.put(CommonFields.NAME, otherName);
        values.put(CommonFields.GROUP, otherGroup);
        return of(id, createdAt, declared, values, spec, unknown);
    }

    /** The same service with another spec. */
    public Service with(CheckSpec otherSpec) {
        return otherSpec == spec ? this : of(id, createdAt, declared, values(), otherSpec, unknown);
    }

    /** The same service with other unknown members. */
    public Service withUnknown(Map<String, Object> members) {
        return members.equals(unknown) ? this : of(id, createdAt, declared, values(), spec, members);
    }

    /** The same service with another identity. */
    public Service as(String otherId, long created, boolean isDeclared) {
        return of(otherId, created, isDeclared, values(), spec, unknown);
    }

    /** Name of its check type. */
    public String type() {
        return spec.type();
    }

    /** A hash of the URL that is stable across processes; detects a changed URL without storing it. */
    public int urlHash() {
        return url.hashCode();
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

    /** Whether checks of both are equivalent: all fields that require a new check when they change are equal. */
    public boolean isCheckedLike(Service other) {
        return ServiceFields.isCheckedLike(this, other);
    }

    /** Without spec, unknown members and the URL's query, which may contain secrets. */
    @Override
    public String toString() {
        return "Service[" + id + " " + name + " " + type() + " " + ServiceView.withoutQuery(url) + "]";
    }
}
