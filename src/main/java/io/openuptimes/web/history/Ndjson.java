package io.openuptimes.web.history;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.openuptimes.model.HistoryEntry;
import io.openuptimes.web.http.MediaTypes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One JSON object per line, the same as the entries of {@code history} in the JSON response. */
public final class Ndjson implements LineFormat {

    private final boolean peers;

    /**
     * @param peers whether failures include the server that they reached
     */
    public Ndjson(boolean peers) {
        this.peers = peers;
    }

    @Override
    public String mediaType() {
        return MediaTypes.NDJSON;
    }

    @Override
    public Map<String, String> headers(String name) {
        return Map.of("Content-Type", mediaType());
    }

    @Override
    public String head() {
        return "";
    }

    @Override
    public void add(StringBuilder lines, HistoryEntry entry) {
        lines.append("{\"timestamp\":")
                .append(entry.timestamp())
                .append(",\"status\":\"")
                .append(entry.outcome().status().word())
                .append("\",\"responseTime\":")
                .append(entry.responseTime())
                .append(",\"statusCode\":");
        if (entry.statusCode() == 0) {
            lines.append("null");
        } else {
            lines.append(entry.statusCode());
        }
        if (entry.outcome().isFailure()) {
            lines.append(",\"error\":{\"class\":\"")
                    .append(entry.outcome().word())
                    .append("\",\"text\":\"");
            JsonStringEncoder.getInstance().quoteAsString(entry.outcome().text(entry.error()), lines);
            lines.append("\"}");
            if (peers) {
                for (PeerMember member : PeerMember.values()) {
                    member(lines, member.word(), member.of(entry.peer()));
                }
            }
        }
        lines.append("}\n");
    }

    private static void member(StringBuilder lines, String name, @Nullable String value) {
        lines.append(",\"").append(name).append("\":");
        if (value == null) {
            lines.append("null");
        } else {
            lines.append('"');
            JsonStringEncoder.getInstance().quoteAsString(value, lines);
            lines.append('"');
        }
    }
}
