package io.openuptimes.web.metrics;

import io.openuptimes.web.http.Pieces;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A gauge of services: its lines are gathered while the services are walked over once, for all gauges. */
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
     * Begins a line; {@link #end} ends it.
     *
     * @param labels those of the service
     * @return the text to append further labels to
     */
    StringBuilder line(CharSequence labels) {
        if (text.length() >= Pieces.SIZE) {
            flush();
        }
        return text.append(begin).append(labels);
    }

    /** Begins a line with one label more. */
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

    /** All of it, with the lines that describe it; nothing is added any more. */
    List<byte[]> pieces() {
        flush();
        return pieces;
    }

    private void flush() {
        pieces.add(text.toString().getBytes(StandardCharsets.UTF_8));
        text.setLength(0);
    }
}
