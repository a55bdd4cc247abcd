package io.openuptimes.store;

import io.openuptimes.model.CheckResult;
import io.openuptimes.model.Outcome;
import io.openuptimes.model.Phases;
import io.openuptimes.model.ServiceStatus;

/**
 * A service's status as one string: {@code lastChecked outcome since before responseTime statusCode
 * dns,connect,tls,firstByte,transfer error}, where {@code before} is the status before the last result. The script {@code record.lua} reads and writes it too.
 */
final class StatusCodec {

    private static final int FIELDS = 8;

    /** What a service starts with. */
    static final String UNCHECKED = "0 0 0 0 0 0 0,0,0,0,0 ";

    private StatusCodec() {}

    /** From the response time on: the part that depends on the result alone. */
    static String encodeTail(CheckResult result) {
        Phases p = result.phases();
        return result.responseTime() + " " + result.statusCode() + " " + p.dns() + "," + p.connect() + "," + p.tls()
                + "," + p.firstByte() + "," + p.transfer() + " " + result.error();
    }

    /**
     * @throws IllegalArgumentException if it is not of that form
     */
    static ServiceStatus decode(String serviceId, String packed) {
        String[] fields = packed.split(" ", FIELDS);
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException("status of " + serviceId + " has " + fields.length + " fields");
        }
        return new ServiceStatus(
                serviceId,
                Outcome.ofCode(Integer.parseInt(fields[1])),
                Long.parseLong(fields[0]),
                Long.parseLong(fields[2]),
                Integer.parseInt(fields[5]),
                Integer.parseInt(fields[4]),
                phases(fields[6]),
                fields[7]);
    }

    private static Phases phases(String packed) {
        String[] parts = packed.split(",", -1);
        if (parts.length != 5) {
            throw new IllegalArgumentException("status has " + parts.length + " phases");
        }
        return new Phases(
                Integer.parseInt(parts[0]),
                Integer.parseInt(parts[1]),
                Integer.parseInt(parts[2]),
                Integer.parseInt(parts[3]),
                Integer.parseInt(parts[4]));
    }
}
