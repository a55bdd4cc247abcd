package io.openuptimes.web.history;

import io.openuptimes.model.HistoryEntry;
import io.openuptimes.model.Outcome;
import io.openuptimes.web.http.MediaTypes;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * CSV according to RFC 4180, with a header line.
 *
 * <p>Error texts may come from the monitored service: a text that a spreadsheet would treat as a formula is prefixed
 * with {@code '}.
 */
public final class Csv implements LineFormat {

    private static final String COLUMNS = "timestamp,time,status,responseTime,statusCode,error,text";
    private static final String PEER_COLUMNS =
            Stream.of(PeerMember.values()).map(member -> "," + member.word()).collect(Collectors.joining());
    private static final String END = "\r\n";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final boolean peers;

    /**
     * @param peers whether to include columns for the server that a failed check reached
     */
    public Csv(boolean peers) {
        this.peers = peers;
    }

    @Override
    public String mediaType() {
        return MediaTypes.CSV;
    }

    @Override
    public Map<String, String> headers(String name) {
        return Map.of(
                "Content-Type",
                "text/csv; charset=utf-8; header=present",
                "Content-Disposition",
                FileName.attachment(name, "-history.csv"));
    }

    @Override
    public String head() {
        return COLUMNS + (peers ? PEER_COLUMNS : "") + ",attempts" + END;
    }

    @Override
    public void add(StringBuilder lines, HistoryEntry entry) {
        lines.append(entry.timestamp()).append(',');
        TIME.formatTo(Instant.ofEpochMilli(entry.timestamp()), lines);
        lines.append(',')
                .append(entry.outcome().status().word())
                .append(',')
                .append(entry.responseTime())
                .append(',');
        if (entry.statusCode() != 0) {
            lines.append(entry.statusCode());
        }
        lines.append(',');
        if (entry.outcome() != Outcome.UP) {
            lines.append(entry.outcome().word()).append(',');
            text(lines, entry.outcome().text(entry.error()));
        } else {
            lines.append(',');
        }
        if (peers) {
            for (PeerMember member : PeerMember.values()) {
                cell(lines, member.of(entry.peer()));
            }
        }
        lines.append(',').append(1 + entry.attempts().size()).append(END);
    }

    private static void cell(StringBuilder line, @Nullable String value) {
        line.append(',');
        if (value != null) {
            text(line, value);
        }
    }

    static void text(StringBuilder line, String text) {
        boolean formula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
        boolean quoted = text.chars().anyMatch(c -> c == '"' || c == ',' || c == '\r' || c == '\n');
        if (quoted) {
            line.append('"');
        }
        if (formula) {
            line.append('\'');
        }
        line.append(quoted ? text.replace("\"", "\"\"") : text);
        if (quoted) {
            line.append('"');
        }
    }
}
