package io.openuptimes.bench;

import java.util.List;
import java.util.Locale;

/**
 * The observations during a fault.
 *
 * @param fault its kind and duration in seconds
 * @param expected checks seen by the target since the start
 * @param found history entries of the same period
 * @param repeated checks repeated because the process had stalled: the first attempt has no entry
 * @param lost other checks without an entry
 * @param doubled entries with a duplicate timestamp
 * @param unordered entries older than their predecessor
 * @param turned status changes made during the fault
 * @param told of these, reported exactly once
 * @param dropped results dropped by the full queue
 * @param polls durations of status reads during the fault, milliseconds, sorted
 * @param failedPolls reads not answered with 200
 * @param toldAfter seconds until the status reported the store as unreachable
 * @param maxQueue maximum number of queued results
 * @param writtenAfter seconds from the end of the fault until the queue was empty
 * @param writes attempts to change the configuration during the fault
 * @param refused those answered with 503
 * @param inEffect whether one of them took effect, then or later
 * @param residentMiB maximum resident memory of the process
 */
record FaultReport(
        String fault,
        long expected,
        long found,
        long repeated,
        long lost,
        long doubled,
        long unordered,
        int turned,
        int told,
        long dropped,
        List<Double> polls,
        long failedPolls,
        double toldAfter,
        int maxQueue,
        double writtenAfter,
        int writes,
        int refused,
        boolean inEffect,
        double residentMiB) {

    static final String HEAD =
            "| fault | checks seen by the target | in the history | made twice | lost | doubled | out of order | transitions made, told"
                    + " | dropped | status polls: n, not 200, p50, p99, max ms | says so after s | max queue | all written"
                    + " after s | writes: tried, 503, in effect | RSS MiB |\n"
                    + "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |";

    /** Whether all guarantees were kept. */
    boolean isGood() {
        return lost == 0
                && doubled == 0
                && unordered == 0
                && dropped == 0
                && failedPolls == 0
                && turned == told
                && writes == refused
                && !inEffect;
    }

    String row() {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %d | %d | %d | %d | %d, %d | %d | %d, %d, %.1f, %.1f, %.1f | %.1f | %d | %.1f | %d, %d, %s | %.0f |",
                fault,
                expected,
                found,
                repeated,
                lost,
                doubled,
                unordered,
                turned,
                told,
                dropped,
                polls.size(),
                failedPolls,
                poll(0.5),
                poll(0.99),
                poll(1),
                toldAfter,
                maxQueue,
                writtenAfter,
                writes,
                refused,
                inEffect ? "yes" : "no",
                residentMiB);
    }

    private double poll(double share) {
        return polls.isEmpty() ? Double.NaN : polls.get((int) Math.min(polls.size() - 1, polls.size() * share));
    }
}
