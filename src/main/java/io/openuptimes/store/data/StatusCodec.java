package io.openuptimes.store.data;

import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Phases;
import io.openuptimes.model.ServiceStatus;
import java.nio.charset.StandardCharsets;

/**
 * A service's status in a few bytes, as read and written by the script {@code record.lua}.
 *
 * <p>The fields, with numbers low bytes first: format (a byte); outcome and the status before the last result (a byte
 * each); the interval to which history entries refer (s, 3 bytes); last checked and since (epoch ms, 6 bytes each); the
 * hour being counted (since the epoch, 3 bytes), its checks and those that were up (3 bytes each), and the latter's
 * milliseconds (6 bytes); the length of the error (2 bytes); as variable-length numbers the status code, response time
 * and phases; the error. At a location, the script's own data follows.
 *
 * <p>A service that has not been checked has a text instead, {@code lastChecked outcome since before responseTime
 * statusCode dns,connect,tls,firstByte,transfer error}. Earlier versions stored all statuses in this format, which can
 * still be read.
 */
public final class StatusCodec {

    /** No text begins with this byte. */
    private static final byte BINARY = (byte) 0x81;

    private static final int AT_TIMES = 6;
    private static final int AT_ERROR_LENGTH = 33;
    private static final int TEXT_FIELDS = 8;

    /** The initial status of a service. */
    public static final String UNCHECKED = "0 0 0 0 0 0 0,0,0,0,0 ";

    private StatusCodec() {}

    /** Appends the part that depends only on the result, except for the error, preceded by its length. */
    public static void writeTail(Packed out, CheckResult result) {
        Phases p = result.phases();
        int begin = out.beginShort();
        out.number(result.statusCode())
                .number(result.responseTime())
                .number(p.dns())
                .number(p.connect())
                .number(p.tls())
                .number(p.firstByte())
                .number(p.transfer())
                .endShort(begin);
    }

    /** In text format, with an unknown previous status. */
    public static String encode(ServiceStatus status) {
        Phases p = status.phases();
        return status.lastChecked() + " " + status.outcome().code() + " " + status.since() + " 0 "
                + status.responseTime() + " " + status.statusCode() + " " + p.dns() + "," + p.connect() + "," + p.tls()
                + "," + p.firstByte() + "," + p.transfer() + " " + status.error();
    }

    /**
     * @throws IllegalArgumentException if it has none of the formats
     */
    public static ServiceStatus decode(String serviceId, byte[] packed) {
        if (packed.length == 0 || packed[0] != BINARY) {
            return decodeText(serviceId, new String(packed, StandardCharsets.UTF_8));
        }
        try {
            PackedReader in = new PackedReader(packed, AT_TIMES);
            long lastChecked = in.fixed(6);
            long since = in.fixed(6);
            in = new PackedReader(packed, AT_ERROR_LENGTH);
            int errorLength = (int) in.fixed(2);
            int statusCode = (int) in.number();
            int responseTime = (int) in.number();
            Phases phases = phases(in);
            String error = in.text(errorLength);
            Outcome outcome = StoredOutcome.of(packed[1], error);
            return new ServiceStatus(serviceId, outcome, lastChecked, since, statusCode, responseTime, phases, error);
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("it is cut off", e);
        }
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
        return new ServiceStatus(
                serviceId,
                StoredOutcome.of(Integer.parseInt(fields[1]), fields[7]),
                Long.parseLong(fields[0]),
                Long.parseLong(fields[2]),
                Integer.parseInt(fields[5]),
                Integer.parseInt(fields[4]),
                textPhases(fields[6]),
                fields[7]);
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
