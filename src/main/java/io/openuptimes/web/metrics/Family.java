package io.openuptimes.web.metrics;

import io.openuptimes.web.http.Pieces;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The lines of one gauge. A single pass over the services fills all gauges. */
final class Family {

    private final String begin;
    private final List<byte[]> pieces = new ArrayList<>();
    private final StringBuilder text = new StringBuilder(Pieces.SIZE + 1_000);

    Family(String name, String help) {
        begin = name + '{';
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(" gauge\n");
    }

    /**
     * Starts a line; {@link #end} ends it.
     *
     * @param labels the service's labels
     * @return the text, for appending more labels
     */
    StringBuilder line(CharSequence labels) {
        if (text.length() >= Pieces.SIZE) {
            flush();
        }
        return text.append(begin).append(labels);
    }

    /** Starts a line with one additional label. */
    Family line(CharSequence labels, String label, String value) {
        ServiceLabels.value(line(labels).append(',').append(label).append("=\""), value)
                .append('"');
        return this;
    }

    void end(long value) {
        text.append("} ").append(value).append('\n');
    }

    /** Ends the line with a time in seconds. */
    void endSeconds(long millis) {
        text.append("} ").append(millis / 1_000).append('.');
        long rest = millis % 1_000;
        text.append((char) ('0' + rest / 100));
        text.append((char) ('0' + rest / 10 % 10));
        text.append((char) ('0' + rest % 10)).append('\n');
    }

    /** The complete text with its HELP and TYPE lines. Call this last. */
    List<byte[]> pieces() {
        flush();
        return pieces;
    }

    private void flush() {
        pieces.add(text.toString().getBytes(StandardCharsets.UTF_8));
        text.setLength(0);
    }
}
