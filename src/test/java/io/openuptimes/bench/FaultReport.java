package io.openuptimes.bench;

import java.util.List;
import java.util.Locale;

/**
 * What was seen of a fault.
 *
 * @param fault its kind and seconds
 * @param expected checks that the target has seen, from the beginning
 * @param found entries of the history of the same time
 * @param repeated checks that were made a second time, because the process had stood still: the first has no entry
 * @param lost other checks without an entry
 * @param doubled entries with a timestamp that another has
 * @param unordered entries that are older than the one before
 * @param turned changes of status made during the fault
 * @param told of these, once each
 * @param dropped results that the queue had no room for
 * @param polls milliseconds that reads of the status took during the fault, sorted
 * @param failedPolls those that were not answered with 200
 * @param toldAfter seconds until the status said that the store is away
 * @param maxQueue results that waited, at most
 * @param writtenAfter seconds from the end of the fault until none waited
 * @param writes attempts to change the configuration during the fault
 * @param refused those that were answered with a 503
 * @param inEffect whether one of them took effect, also later
 * @param residentMiB of the process, at most
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

    /** As it is promised. */
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
