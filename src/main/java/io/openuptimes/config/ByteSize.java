package io.openuptimes.config;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A size in bytes, plain or in Redis's units {@code kb}, {@code mb} and {@code gb}, which are powers of 1024. */
final class ByteSize {

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,15})(|kb|mb|gb)");
    private static final List<String> UNITS = List.of("", "kb", "mb", "gb");
    /** One pebibyte. */
    private static final long MOST = 1L << 50;

    private ByteSize() {}

    /** Returns null if the text is not a size, or is more than a pebibyte. */
    static @Nullable Long parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return null;
        }
        long unit = 1L << (10 * UNITS.indexOf(matcher.group(2)));
        long count = Long.parseLong(matcher.group(1));
        return count <= MOST / unit ? count * unit : null;
    }
}
