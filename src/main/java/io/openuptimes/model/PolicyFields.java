package io.openuptimes.model;

import io.openuptimes.model.field.Field;
import io.openuptimes.model.field.FieldBuilder;
import io.openuptimes.model.field.FieldReader;
import io.openuptimes.model.field.FieldValues;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a service's {@link Policy}: how the results of checks become its status. A change takes effect with the
 * next result.
 */
public final class PolicyFields {

    /** Largest value of {@code retries}. */
    public static final int MAX_RETRIES = 10;

    /** Largest value of {@code retryInterval}, seconds. */
    public static final int MAX_RETRY_INTERVAL = 3_600;

    /** Largest value of the thresholds. */
    public static final int MAX_THRESHOLD = 100;

    /** Largest value of {@code degradedAfter}, milliseconds. */
    public static final int MAX_DEGRADED_AFTER = 120_000;

    /** Largest value of {@code flapCount}. */
    public static final int MAX_FLAP_COUNT = 100;

    /** Largest value of {@code flapMinutes}: a day. */
    public static final int MAX_FLAP_MINUTES = 1_440;

    /** The possible values of {@code retryBackoff}. */
    public static final List<String> BACKOFFS =
            Arrays.stream(RetryBackoff.values()).map(RetryBackoff::word).toList();

    /** The possible values of {@code retryOn}. */
    public static final List<String> RETRY_ON =
            Arrays.stream(RetryOn.values()).map(RetryOn::word).toList();

    private static final Field<Service, Integer> RETRIES = whole("retries", 0, MAX_RETRIES, Policy::retries);
    private static final Field<Service, Integer> RETRY_INTERVAL =
            whole("retryInterval", 1, MAX_RETRY_INTERVAL, Policy::retryInterval);
    private static final Field<Service, RetryBackoff> RETRY_BACKOFF =
            word("retryBackoff", BACKOFFS, RetryBackoff::ofWord, RetryBackoff::word, Policy::retryBackoff);
    private static final Field<Service, RetryOn> RETRY_FAILURES =
            word("retryOn", RETRY_ON, RetryOn::ofWord, RetryOn::word, Policy::retryOn);
    private static final Field<Service, Integer> FAILURE_THRESHOLD =
            whole("failureThreshold", 1, MAX_THRESHOLD, Policy::failureThreshold);
    private static final Field<Service, Integer> SUCCESS_THRESHOLD =
            whole("successThreshold", 1, MAX_THRESHOLD, Policy::successThreshold);
    private static final Field<Service, Boolean> CONFIRM_ELSEWHERE =
            set(Field.choice("confirmElsewhere"), Policy::confirmElsewhere);
    private static final Field<Service, Integer> DEGRADED_AFTER =
            whole("degradedAfter", 0, MAX_DEGRADED_AFTER, Policy::degradedAfter);
    private static final Field<Service, Integer> FLAP_COUNT = whole("flapCount", 0, MAX_FLAP_COUNT, Policy::flapCount);
    private static final Field<Service, Integer> FLAP_MINUTES =
            whole("flapMinutes", 1, MAX_FLAP_MINUTES, Policy::flapMinutes);

    /** In display order. */
    static final List<Field<Service, ?>> ALL = List.of(
            RETRIES,
            RETRY_INTERVAL,
            RETRY_BACKOFF,
            RETRY_FAILURES,
            FAILURE_THRESHOLD,
            SUCCESS_THRESHOLD,
            CONFIRM_ELSEWHERE,
            DEGRADED_AFTER,
            FLAP_COUNT,
            FLAP_MINUTES);

    private PolicyFields() {}

    private static Field<Service, Integer> whole(
            String name, int min, int max, Function<Policy, @Nullable Integer> of) {
        return set(Field.whole(name, min, max), of);
    }

    /** Stored and shown only if it is set. */
    private static <T> Field<Service, T> set(FieldBuilder<Service, T> field, Function<Policy, @Nullable T> of) {
        return field.onlyIf(service -> of.apply(service.policy()) != null).of(service -> of.apply(service.policy()));
    }

    private static <T> Field<Service, T> word(
            String name,
            List<String> words,
            Function<String, T> read,
            Function<T, String> write,
            Function<Policy, @Nullable T> of) {
        FieldReader<String> reader = FieldReader.word(words, "must be one of " + words);
        return set(
                Field.<Service, T>parsed(name, (field, given) -> read.apply(reader.read(field, given)), read, write)
                        .allowed(words),
                of);
    }

    /** The policy with these values. */
    static Policy read(FieldValues values) {
        Policy policy = new Policy(
                values.get(RETRIES),
                values.get(RETRY_INTERVAL),
                values.get(RETRY_BACKOFF),
                values.get(RETRY_FAILURES),
                values.get(FAILURE_THRESHOLD),
                values.get(SUCCESS_THRESHOLD),
                values.get(CONFIRM_ELSEWHERE),
                values.get(DEGRADED_AFTER),
                values.get(FLAP_COUNT),
                values.get(FLAP_MINUTES));
        return policy.equals(Policy.NONE) ? Policy.NONE : policy;
    }
}
