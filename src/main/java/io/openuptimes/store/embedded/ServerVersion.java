package io.openuptimes.store.embedded;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server's product and version, as printed by {@code --version}. */
record ServerVersion(Product product, int major, int minor, int patch) implements Comparable<ServerVersion> {

    enum Product {
        REDIS("Redis", "redis-server"),
        VALKEY("Valkey", "valkey-server");

        final String title;
        /** The name of its program. */
        final String program;

        Product(String title, String program) {
            this.title = title;
            this.program = program;
        }
    }

    private static final Pattern PRINTED = Pattern.compile(
            "\\b(redis|valkey)( server)? (?:v=)?(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})", Pattern.CASE_INSENSITIVE);

    /** Parses the output of {@code --version}, or of {@link #toString()}. */
    static Optional<ServerVersion> parse(String text) {
        Matcher matcher = PRINTED.matcher(text);
        return matcher.find()
                ? Optional.of(new ServerVersion(
                        Product.valueOf(matcher.group(1).toUpperCase(Locale.ROOT)),
                        Integer.parseInt(matcher.group(3)),
                        Integer.parseInt(matcher.group(4)),
                        Integer.parseInt(matcher.group(5))))
                : Optional.empty();
    }

    boolean isAtLeast(int otherMajor, int otherMinor, int otherPatch) {
        return compareTo(new ServerVersion(product, otherMajor, otherMinor, otherPatch)) >= 0;
    }

    /** Whether distributions ship security fixes under this number: Redis 7.0.15, Valkey 7.2, and anything newer. */
    boolean isMaintained() {
        return product == Product.VALKEY ? isAtLeast(7, 2, 0) : isAtLeast(7, 0, 15);
    }

    /** Whether it keeps its append-only file as several files in a directory. */
    boolean hasMultiPartFiles() {
        return isAtLeast(7, 0, 0);
    }

    /**
     * The RDB version in which it writes snapshots and the base of an append-only file. Redis and Valkey have diverged
     * since version 11.
     */
    int rdbVersion() {
        if (product == Product.VALKEY) {
            return isAtLeast(9, 0, 0) ? 80 : 11;
        }
        if (isAtLeast(7, 4, 0)) {
            return 12;
        }
        return isAtLeast(7, 2, 0) ? 11 : isAtLeast(7, 0, 0) ? 10 : 9;
    }

    /** Whether it may be able to load an RDB of this version. A server rejects versions that it does not know. */
    boolean readsRdb(int version) {
        if (version <= rdbVersion() && version <= 11) {
            return true;
        }
        return product == Product.VALKEY ? version >= 80 && isAtLeast(9, 0, 0) : version < 80 && isAtLeast(7, 4, 0);
    }

    /** Compares only the numbers, not the product. */
    @Override
    public int compareTo(ServerVersion other) {
        int byMajor = Integer.compare(major, other.major);
        int byMinor = byMajor != 0 ? byMajor : Integer.compare(minor, other.minor);
        return byMinor != 0 ? byMinor : Integer.compare(patch, other.patch);
    }

    /** For example {@code Redis 7.0.15}. */
    @Override
    public String toString() {
        return product.title + " " + major + "." + minor + "." + patch;
    }
}
