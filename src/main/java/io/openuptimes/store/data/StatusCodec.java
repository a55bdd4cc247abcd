package io.openuptimes.store.data;

import io.openuptimes.health.HealthState;
import io.openuptimes.health.HealthState.Form;
import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Phases;
import io.openuptimes.model.ServiceStatus;
import io.openuptimes.model.Status;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A service's stored status.
 *
 * <p>The first part is read and written by {@code record.lua}, with little-endian numbers: version (a byte, 130); last
 * checked (epoch ms, 6 bytes); tag of the state (4 bytes); the hour being counted (hours since the epoch, 3 bytes), its
 * checks and its successful checks (3 bytes each), and the sum of the latter's response times (ms, 6 bytes).
 *
 * <p>The rest is written here: outcome's code, status (a byte: 0 unknown, 1 up, 2 down), start of the current status
 * (epoch ms), number of transitions, interval to which history entries refer (s), status code, response time, phases,
 * and the error (preceded by its length in 2 bytes). All other numbers have variable length. If they are not zero, there
 * follow: the known status (a byte, coded like the status), numbers of failed and of successful checks in a row, the
 * start of that row or of the unknown status (epoch ms), whether it flaps (a byte), and the number of recent changes and
 * their times (epoch ms, then the time since the previous one). Later versions may append fields.
 *
 * <p>A node that finds a status of a later version keeps it, and drops its own results of that service.
 *
 * <p>The previous form (version 129) has, after the version: outcome and previous status (a byte each); interval (s, 3
 * bytes); last checked and since (6 bytes each); the counts as above; the length of the error (2 bytes); as
 * variable-length numbers status code, response time and phases; the error. At a location, a script's own data follows.
 *
 * <p>Services never checked, even older versions and events have a text: {@code lastChecked outcome since before
 * responseTime statusCode dns,connect,tls,firstByte,transfer error}. In older versions, {@code before} was the previous
 * status. Now it is 0 if the status is that of the outcome and nothing is pending; the status if readers may not know the
 * outcome; otherwise {@value #MARKED} plus the status, {@value #CONFIRMING} and {@value #FLAPPING}.
 */
public final class StatusCodec {

    /** The version without tags. No text begins with this byte or that of {@link #VERSION}. */
    private static final int BEFORE_TAGS = 129;

    private static final int VERSION = 130;

    private static final int AT_TAG = 7;
    private static final int AT_REST = 26;
    private static final int BEFORE_TAGS_AT_INTERVAL = 3;
    private static final int BEFORE_TAGS_AT_TIMES = 6;
    private static final int BEFORE_TAGS_AT_ERROR_LENGTH = 33;
    /** The interval of a day whose history has no mark. */
    private static final int OLD_DAY = 0xFFFFFF;

    private static final int TEXT_FIELDS = 8;

    /** In the text form, marks a status that may differ from the outcome's. */
    private static final int MARKED = 8;

    private static final int CONFIRMING = 16;
    private static final int FLAPPING = 32;

    /** The highest outcome known to all versions that read the text form. */
    private static final int FIRST_CODES = 11;

    /** The initial status of a service. */
    public static final String UNCHECKED = "0 0 0 0 0 0 0,0,0,0,0 ";

    private StatusCodec() {}

    /** Appends the part that follows the script's. */
    public static void writeRest(Packed out, CheckResult result, HealthState after) {
        Phases p = result.phases();
        out.number(after.outcome().code())
                .octet(code(after.status()))
                .number(after.since())
                .number(after.transitions())
                .number(after.interval())
                .number(result.statusCode())
                .number(result.responseTime())
                .number(p.dns())
                .number(p.connect())
                .number(p.tls())
                .number(p.firstByte())
                .number(p.transfer())
                .text(result.error());
        if (after.known() != after.status()
                || after.pendingSince() > 0
                || !after.changes().isEmpty()) {
            writePending(out, after);
        }
    }

    private static void writePending(Packed out, HealthState state) {
        out.octet(code(state.known()))
                .number(state.failures())
                .number(state.successes())
                .number(state.pendingSince())
                .octet(state.isFlapping() ? 1 : 0)
                .number(state.changes().size());
        long last = 0;
        for (long change : state.changes()) {
            out.number(change - last);
            last = change;
        }
    }

    /** The state with the part that {@link #writePending} wrote, if any. */
    private static HealthState readPending(PackedReader in, HealthState state) {
        if (!in.hasMore()) {
            return state;
        }
        Status known = status(in.octet());
        int failures = (int) in.number();
        int successes = (int) in.number();
        long pendingSince = in.number();
        boolean flapping = in.octet() != 0;
        List<Long> changes = new ArrayList<>();
        int many = (int) in.number();
        long last = 0;
        for (int i = 0; i < many; i++) {
            last += in.number();
            changes.add(last);
        }
        return state.with(known, failures, successes, pendingSince, List.copyOf(changes), flapping);
    }

    /** In text form. */
    public static String encode(ServiceStatus status) {
        Phases p = status.phases();
        return status.lastChecked() + " " + status.outcome().code() + " " + status.since() + " "
                + marked(status) + " "
                + status.responseTime() + " " + status.statusCode() + " " + p.dns() + "," + p.connect() + "," + p.tls()
                + "," + p.firstByte() + "," + p.transfer() + " " + status.error();
    }

    private static int marked(ServiceStatus status) {
        int code = code(status.status());
        if (status.confirming()
                || status.flapping()
                || status.status() != status.outcome().status()) {
            return MARKED + code + (status.confirming() ? CONFIRMING : 0) + (status.flapping() ? FLAPPING : 0);
        }
        return status.outcome().code() > FIRST_CODES ? code : 0;
    }

    /** A decoded status with the state that the next verdict starts from. */
    public record Stored(ServiceStatus status, HealthState health) {}

    /**
     * @throws IllegalArgumentException if it has none of the formats
     */
    public static ServiceStatus decode(String serviceId, byte[] packed) {
        return decodeStored(serviceId, packed).status();
    }

    /** Decodes like {@link #decode}. */
    public static Stored decodeStored(String serviceId, byte[] packed) {
        int version = packed.length == 0 ? 0 : packed[0] & 0xFF;
        try {
            if (version > VERSION) {
                throw new IllegalArgumentException("a later version wrote it, as version " + version + " of its form");
            }
            return switch (version) {
                case BEFORE_TAGS -> decodeBeforeTags(serviceId, packed);
                case VERSION -> decodeCurrent(serviceId, packed);
                default -> decodeOldest(serviceId, packed);
            };
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("it is cut off; the next check writes a new one", e);
        }
    }

    /**
     * The state of a damaged status, so that the next result can replace it: time and tag as read by the script, with an
     * unknown outcome. A status of a later version is never replaced.
     */
    public static HealthState unreadable(byte[] packed) {
        boolean hasHead = packed.length >= AT_REST && (packed[0] & 0xFF) == VERSION;
        return hasHead
                ? new HealthState(Outcome.NONE, new PackedReader(packed, 1).fixed(6), 0, 0, 0, 0, Form.CURRENT, (int)
                        new PackedReader(packed, AT_TAG).fixed(4))
                : HealthState.UNCHECKED;
    }

    private static Stored decodeCurrent(String serviceId, byte[] packed) {
        long lastChecked = new PackedReader(packed, 1).fixed(6);
        int tag = (int) new PackedReader(packed, AT_TAG).fixed(4);
        PackedReader in = new PackedReader(packed, AT_REST);
        int code = (int) in.number();
        Status status = status(in.octet());
        long since = in.number();
        int transitions = (int) in.number();
        int interval = (int) in.number();
        int statusCode = (int) in.number();
        int responseTime = (int) in.number();
        Phases phases = phases(in);
        String error = in.text((int) in.fixed(2));
        Outcome outcome = Outcome.ofCode(code, status);
        HealthState health = readPending(
                in,
                new HealthState(
                                outcome,
                                lastChecked,
                                since,
                                transitions,
                                interval,
                                HealthState.hash(error),
                                HealthState.Form.CURRENT,
                                tag)
                        .known(status));
        return new Stored(
                new ServiceStatus(
                        serviceId,
                        health.status(),
                        outcome,
                        lastChecked,
                        health.statusSince(),
                        statusCode,
                        responseTime,
                        phases,
                        error,
                        health.isConfirming(),
                        health.isFlapping()),
                health);
    }

    private static Stored decodeBeforeTags(String serviceId, byte[] packed) {
        int interval = (int) new PackedReader(packed, BEFORE_TAGS_AT_INTERVAL).fixed(3);
        PackedReader in = new PackedReader(packed, BEFORE_TAGS_AT_TIMES);
        long lastChecked = in.fixed(6);
        long since = in.fixed(6);
        in = new PackedReader(packed, BEFORE_TAGS_AT_ERROR_LENGTH);
        int errorLength = (int) in.fixed(2);
        int statusCode = (int) in.number();
        int responseTime = (int) in.number();
        Phases phases = phases(in);
        String error = in.text(errorLength);
        ServiceStatus status = new ServiceStatus(
                serviceId,
                StoredOutcome.of(packed[1], error),
                lastChecked,
                since,
                statusCode,
                responseTime,
                phases,
                error);
        boolean unmarked = interval == OLD_DAY;
        return new Stored(status, old(status, unmarked ? 0 : interval, unmarked ? Form.UNMARKED : Form.MARKED));
    }

    private static Stored decodeOldest(String serviceId, byte[] packed) {
        ServiceStatus status = decodeText(serviceId, new String(packed, StandardCharsets.UTF_8));
        return new Stored(status, status.lastChecked() == 0 ? HealthState.UNCHECKED : old(status, 0, Form.UNMARKED));
    }

    /** Older versions did not number transitions. */
    private static HealthState old(ServiceStatus status, int interval, Form form) {
        return new HealthState(
                status.outcome(),
                status.lastChecked(),
                status.since(),
                0,
                interval,
                HealthState.hash(status.error()),
                form,
                0);
    }

    /** The code of a status in packed forms. */
    public static int code(Status status) {
        return switch (status) {
            case UNKNOWN -> 0;
            case UP -> 1;
            case DOWN -> 2;
        };
    }

    /** The status with a {@link #code}; unknown for any other code. */
    public static Status status(int code) {
        return code == 1 ? Status.UP : code == 2 ? Status.DOWN : Status.UNKNOWN;
    }

    private static Phases phases(PackedReader in) {
        Phases phases = new Phases(
                (int) in.number(), (int) in.number(), (int) in.number(), (int) in.number(), (int) in.number());
        return phases.equals(Phases.NONE) ? Phases.NONE : phases;
    }

    /** Decodes the text format; throws like {@link #decode}. */
    public static ServiceStatus decodeText(String serviceId, String packed) {
        String[] fields = packed.split(" ", TEXT_FIELDS);
        if (fields.length != TEXT_FIELDS) {
            throw new IllegalArgumentException("it has " + fields.length + " fields");
        }
        int marks = Integer.parseInt(fields[3]);
        Outcome outcome = outcome(Integer.parseInt(fields[1]), marks & 3, fields[7]);
        boolean marked = marks >= MARKED;
        return new ServiceStatus(
                serviceId,
                marked ? status(marks & 3) : outcome.status(),
                outcome,
                Long.parseLong(fields[0]),
                Long.parseLong(fields[2]),
                Integer.parseInt(fields[5]),
                Integer.parseInt(fields[4]),
                textPhases(fields[6]),
                fields[7],
                marked && (marks & CONFIRMING) != 0,
                marked && (marks & FLAPPING) != 0);
    }

    /** @param status of the outcome if its code is unknown, from the field of the previous status; 0 for none */
    private static Outcome outcome(int code, int status, String error) {
        Outcome outcome = StoredOutcome.of(code, error);
        return outcome.isKnown() || status == 0 ? outcome : Outcome.ofCode(code, status(status));
    }

    private static Phases textPhases(String packed) {
        String[] parts = packed.split(",", -1);
        if (parts.length != 5) {
            throw new IllegalArgumentException("it has " + parts.length + " phases");
        }
        return new Phases(
                Integer.parseInt(parts[0]),
                Integer.parseInt(parts[1]),
                Integer.parseInt(parts[2]),
                Integer.parseInt(parts[3]),
                Integer.parseInt(parts[4]));
    }
}
